package io.tyer.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tyer.benchmarks.play.Address;
import io.tyer.benchmarks.play.Board;
import io.tyer.benchmarks.play.Client;
import io.tyer.benchmarks.play.Effort;
import io.tyer.benchmarks.play.Exclusion;
import io.tyer.benchmarks.play.Mutex;
import io.tyer.benchmarks.rows.ContendedRow;
import io.tyer.benchmarks.rows.Players;
import io.tyer.benchmarks.rows.Row;
import io.tyer.benchmarks.rows.Rows;
import io.tyer.benchmarks.server.OwnServer;
import io.tyer.benchmarks.server.OwnStore;
import io.tyer.benchmarks.server.RedisConnection;
import io.tyer.benchmarks.server.RedisLocation;
import io.tyer.benchmarks.server.ServerUse;
import io.tyer.benchmarks.server.Servers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything beside which the Redis store is measured, on a real server. */
@Timeout(180)
@Tag("full")
class RedisPeersTest {

  private static OwnServer server;

  @TempDir private Path directory;

  @BeforeAll
  static void start() throws IOException {
    server = OwnStore.redis();
  }

  @AfterAll
  static void end() throws IOException {
    server.close();
  }

  private Map<String, Double> play(String row, Address place) throws Exception {
    Row played = Rows.named(row).orElseThrow();
    List<Integer> roles = IntStream.range(0, played.players()).boxed().toList();
    Effort effort = new Effort(500, 500, 2, 20, 1_000, 20);
    Board board = Board.at(directory.resolve(row));
    return Players.play(played, place, board, effort, roles, roles.size());
  }

  static Stream<String> schemes() {
    return Stream.concat(Stream.of("redis"), new RedisPeers().schemes().stream().sorted());
  }

  @ParameterizedTest
  @MethodSource("schemes")
  void excludesOthersUntilItIsReleased(String scheme) throws Exception {
    Exclusion.check(Subjects.of(new Address(scheme, server.location(), "")));
  }

  @Test
  void reportsSayWhatStandsBeside() {
    for (String scheme : new RedisPeers().schemes()) {
      assertThat(Libraries.describe(scheme).orElseThrow()).matches(".* [0-9]+[.][0-9]+[.].*");
    }
    assertThat(Libraries.describe("redis")).isEmpty();
  }

  @Test
  void fencedLocksTellTheirTokens() throws Exception {
    Address place = new Address("redisson-fenced", server.location(), "");
    try (Client client = Subjects.of(place).open()) {
      Mutex mutex = client.mutex("fenced");
      Mutex.Held first = mutex.acquire();
      first.release();
      Mutex.Held second = mutex.acquire();
      second.release();
      assertThat(first.token()).isPositive().isLessThan(second.token());
    }
  }

  @Test
  void rowsTellWhatClientAndServerSpend() throws Exception {
    Address place = new Address("redisson", server.location(), "");
    Map<String, Double> contended = play("contended", place);
    assertThat(contended.get("pairs_per_s")).isPositive();
    assertThat(contended.get("client_cpu_us")).isPositive();
    assertThat(contended.get("server_cpu_us")).isPositive();
    assertThat(contended.get(ContendedRow.VIOLATIONS)).isZero();
    assertThat(play("wake-up", place).get("p50_us")).isPositive();
    assertThat(play("held-10000", place))
        .containsEntry("locks", 20.0)
        .containsKeys("server_commands_per_s", "server_scripts_per_s", "server_cpu_ms_per_s")
        .doesNotContainKey("beats_per_s");
  }

  @Test
  void theServerTellsWhatItDid() throws Exception {
    try (RedisConnection connection = new RedisConnection(RedisLocation.of(redis()))) {
      ServerUse before = connection.use();
      play("pairs-1", new Address("lettuce", server.location(), ""));
      ServerUse use = connection.use().since(before);
      assertThat(use.cpuNanos()).isPositive();
      assertThat(use.scripts()).isPositive();
      assertThat(use.commands()).isGreaterThan(2 * use.scripts());
      assertThat(connection.version()).startsWith("Redis 6.2");
    }
  }

  @Test
  void askingTheServerIsNotCounted() throws Exception {
    try (RedisConnection connection = new RedisConnection(RedisLocation.of(redis()))) {
      ServerUse before = connection.use();
      assertThat(connection.use().since(before).commands()).isZero();
      assertThat(connection.use().since(before).scripts()).isZero();
    }
  }

  @Test
  void aServerThatIsNamedIsDescribedAndLeftAlone() throws Exception {
    try (Servers servers = new Servers()) {
      assertThat(servers.locate(redis())).isEqualTo(redis());
      servers.clear();
      assertThat(servers.descriptions().toString()).contains("Redis 6.2").contains("redis://");
    }
  }

  @Test
  void aServerThatIsNotNamedIsStartedOnceAndEnds() throws Exception {
    Address located;
    try (Servers servers = new Servers()) {
      located = servers.locate(Address.parse("redis:?bias=true"));
      assertThat(servers.locate(Address.parse("redisson:")).location())
          .isEqualTo(located.location());
      assertThat(located.query()).isEqualTo("bias=true");
      servers.clear();
    }
    RedisLocation location = RedisLocation.of(located);
    assertThatThrownBy(() -> new RedisConnection(location)).isInstanceOf(IOException.class);
  }

  private static Address redis() {
    return new Address("redis", server.location(), "");
  }
}
