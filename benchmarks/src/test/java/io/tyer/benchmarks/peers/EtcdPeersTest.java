package io.tyer.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.benchmarks.play.Address;
import io.tyer.benchmarks.play.Board;
import io.tyer.benchmarks.play.Client;
import io.tyer.benchmarks.play.Effort;
import io.tyer.benchmarks.play.Exclusion;
import io.tyer.benchmarks.rows.ContendedRow;
import io.tyer.benchmarks.rows.Players;
import io.tyer.benchmarks.rows.Row;
import io.tyer.benchmarks.rows.Rows;
import io.tyer.benchmarks.server.Etcd;
import io.tyer.benchmarks.server.Group;
import io.tyer.benchmarks.server.GroupLocation;
import io.tyer.benchmarks.server.Listening;
import io.tyer.benchmarks.server.OwnEtcd;
import io.tyer.benchmarks.server.OwnServer;
import io.tyer.testkit.host.Await;
import io.tyer.testkit.host.Needs;
import io.tyer.testkit.host.Requires;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the lock server is measured beside, on three nodes of etcd where there is one. */
@Timeout(180)
@Requires(Needs.ETCD)
class EtcdPeersTest {

  private static OwnServer etcd;

  @TempDir private Path directory;

  @BeforeAll
  static void start() throws IOException {
    etcd = OwnEtcd.start();
  }

  @AfterAll
  static void end() throws IOException {
    if (etcd != null) {
      etcd.close();
    }
  }

  private Map<String, Double> play(String row, String scheme) throws Exception {
    Row played = Rows.named(row).orElseThrow();
    Address place = new Address(scheme, etcd.location(), "");
    assertThat(Subjects.of(place).abilities()).containsAll(played.needs());
    List<Integer> roles = IntStream.range(0, played.players()).boxed().toList();
    Effort effort = new Effort(200, 300, 2, 20, 1_000, 20);
    Board board = Board.at(directory.resolve(row + scheme));
    return Players.play(played, place, board, effort, roles, roles.size());
  }

  @Test
  void itsLockExcludesOthersUntilItIsReleased() throws Exception {
    Exclusion.check(Subjects.of(new Address(Etcd.LOCK, etcd.location(), "")));
  }

  @ParameterizedTest
  @ValueSource(strings = {Etcd.PUT, Etcd.LOCK})
  void oneAcquireAfterTheOtherIsTimed(String scheme) throws Exception {
    Map<String, Double> figures = play("acquire", scheme);
    assertThat(figures.get("samples")).isPositive();
    assertThat(figures.get("p50_us")).isPositive().isLessThanOrEqualTo(figures.get("p99_us"));
  }

  @Test
  void manyPutsAreUnderWay() throws Exception {
    Map<String, Double> figures = play("flight-64", Etcd.PUT);
    assertThat(figures.get("acquires_per_s")).isPositive();
    assertThat(figures.get("client_cpu_us")).isPositive();
    assertThat(figures.get("server_cpu_us")).as("of all three nodes").isPositive();
  }

  @Test
  void itsLockIsContended() throws Exception {
    // Within a window of a third of a second a busy machine may hand nothing on.
    Await.until(
        "it is handed on",
        () -> {
          Map<String, Double> figures = play("contended", Etcd.LOCK);
          assertThat(figures.get(ContendedRow.VIOLATIONS)).isZero();
          return figures.getOrDefault("pairs_per_s", 0.0) > 0;
        });
  }

  @Test
  void aNodeThatIsKilledComesBack() throws Exception {
    List<OptionalLong> before = processes();
    Map<String, Double> figures = play("failover", Etcd.PUT);
    assertThat(figures.get("kills")).isEqualTo(1);
    assertThat(figures.get("p50_ms")).isPositive();
    List<OptionalLong> after = processes();
    assertThat(after).doesNotContain(OptionalLong.empty());
    assertThat(after.stream().filter(before::contains)).as("those that were not killed").hasSize(2);
    try (Group group = Group.at(new Address(Etcd.PUT, etcd.location(), ""))) {
      assertThat(group.leader()).isPresent();
      assertThat(group.version()).matches("etcd [0-9]+[.].*");
    }
  }

  private static List<OptionalLong> processes() throws IOException {
    List<OptionalLong> processes = new ArrayList<>();
    Address place = new Address(Etcd.PUT, etcd.location(), "");
    for (String member : GroupLocation.of(place).members()) {
      processes.add(Listening.at(GroupLocation.port(member)));
    }
    return processes;
  }

  @Test
  void nothingIsLeftFromOneRunToTheNext() throws Exception {
    Address place = new Address(Etcd.PUT, etcd.location(), "");
    try (Client client = Subjects.of(place).open()) {
      client.mutex("left").acquire().release();
      assertThat(keys(place)).isPositive();
      etcd.clear();
      assertThat(keys(place)).isZero();
      etcd.clear();
    }
  }

  private static long keys(Address place) throws IOException {
    try (io.etcd.jetcd.Client client = Etcd.open(place)) {
      return Etcd.answer(client.getKVClient().get(Etcd.bytes("left"))).getCount();
    }
  }
}
