package io.tyer.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tyer.benchmarks.play.Address;
import io.tyer.benchmarks.play.Board;
import io.tyer.benchmarks.play.Database;
import io.tyer.benchmarks.play.Effort;
import io.tyer.benchmarks.play.Exclusion;
import io.tyer.benchmarks.play.Subject;
import io.tyer.benchmarks.rows.Players;
import io.tyer.benchmarks.rows.Row;
import io.tyer.benchmarks.rows.Rows;
import io.tyer.benchmarks.server.Places;
import io.tyer.benchmarks.server.ProcessTimes;
import io.tyer.benchmarks.server.Servers;
import io.tyer.benchmarks.server.SqlQuery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the SQL store is measured beside, in databases that need no server. */
@Timeout(180)
@Tag("full")
class SqlPeersTest {

  @TempDir private Path directory;

  static Stream<String> schemes() {
    return Stream.concat(Stream.of("h2", "sqlite"), new SqlPeers().schemes().stream().sorted())
        .filter(scheme -> !Database.require(Address.parse(scheme + ":")).isServer());
  }

  @ParameterizedTest
  @MethodSource("schemes")
  void excludesOthersUntilItIsReleased(String scheme) throws Exception {
    Address place = Places.fresh(Address.parse(scheme + ":" + directory.resolve(scheme)), "new");
    Places.make(place);
    Exclusion.check(Subjects.of(place));
  }

  @Test
  void everyPeerIsDescribedWithItsVersion() {
    for (String scheme : new SqlPeers().schemes()) {
      assertThat(Libraries.describe(scheme).orElseThrow()).matches(".* [0-9]+[.][0-9]+[.].*");
      assertThat(Subjects.of(Address.parse(scheme + ":x"))).isNotInstanceOf(TyerSubject.class);
    }
  }

  @Test
  void clientsOfOneDatabaseAreGivenTheSame() {
    Map<String, String> urls =
        Map.of(
            "spring-postgresql://h:1/d", "jdbc:postgresql://h:1/d?user=postgres",
            "get-lock-mariadb://h:1/d", "jdbc:mariadb://h:1/d?user=root&sslMode=disable",
            "insert-h2:x", "jdbc:h2:mem:x;DB_CLOSE_DELAY=-1",
            "insert-sqlite:d?ttl=5s", "jdbc:sqlite:d/locks.db");
    urls.forEach(
        (address, url) -> {
          Address place = Address.parse(address);
          assertThat(Database.require(place).url(place)).isEqualTo(url);
        });
    Address tyer = Address.parse("postgresql://h:1/d?user=me&batons=0");
    assertThat(Database.POSTGRESQL.store(tyer).uri())
        .isEqualTo("jdbc:postgresql://h:1/d?user=me&batons=0");
    assertThat(Database.of(Address.parse("file:h2"))).isEmpty();
  }

  @Test
  void nothingIsKeptUnderBiasWhereNobodyIsTold() {
    assertThat(Subjects.of(Address.parse("postgresql:?bias=true")).abilities())
        .contains(Subject.Ability.KEEPS);
    assertThat(Subjects.of(Address.parse("mariadb:?bias=true")).abilities())
        .doesNotContain(Subject.Ability.KEEPS);
  }

  @Test
  void aTableMayBeThereAlreadyButMustBeThere() throws Exception {
    String url = Database.H2.url(Address.parse("h2:tables"));
    SqlQuery.makeTable(url, "one", "CREATE TABLE one (x INT)");
    SqlQuery.makeTable(url, "one", "CREATE TABLE one (x INT)");
    assertThat(SqlQuery.text(url, "SELECT COUNT(*) FROM one")).isEqualTo("0");
    assertThatThrownBy(() -> SqlQuery.makeTable(url, "other", "CREATE TABLE one (x INT)"))
        .isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"pairs-8", "contended", "wake-up"})
  void rowsCanBePlayedInFiles(String name) throws Exception {
    Row row = Rows.named(name).orElseThrow();
    List<Integer> roles = IntStream.range(0, row.players()).boxed().toList();
    Effort effort = new Effort(5, 20, 3, 20, 1_000, 20);
    Board board = Board.at(directory.resolve("board"));
    Address place = Address.parse("sqlite:" + directory.resolve("locks"));
    assertThat(Players.play(row, place, board, effort, roles, roles.size()))
        .containsKey(row.figures().get(0).key());
  }

  @Test
  void filesLieInADirectoryOfTheirOwnWhereNoneIsNamed() throws Exception {
    Path own;
    try (Servers servers = new Servers()) {
      Address located = servers.locate(Address.parse("sqlite:?ttl=5s"));
      own = Places.directory(located);
      assertThat(own).isDirectory();
      assertThat(located.query()).isEqualTo("ttl=5s");
      assertThat(servers.locate(Address.parse("insert-sqlite:")).location())
          .isEqualTo(located.location());
      assertThat(servers.locate(Address.parse("sqlite:named")).location()).isEqualTo("named");
      assertThat(servers.descriptions()).hasSize(1);
    }
    assertThat(own).doesNotExist();
  }

  @Test
  void aProcessUsesTimeAndSoDoItsChildren() throws Exception {
    ProcessHandle self = ProcessHandle.current();
    double before = ProcessTimes.nanos(self.pid());
    assertThat(before).isPositive();
    Process child =
        new ProcessBuilder("sh", "-c", "i=0; while [ $i -lt 100000 ]; do i=$((i+1)); done").start();
    assertThat(child.waitFor()).isZero();
    assertThat(ProcessTimes.nanos(self.pid())).isGreaterThan(before);
    assertThat(ProcessTimes.nanos(child.pid())).isZero();
    assertThat(Files.exists(Path.of("/proc/" + child.pid()))).isFalse();
  }
}
