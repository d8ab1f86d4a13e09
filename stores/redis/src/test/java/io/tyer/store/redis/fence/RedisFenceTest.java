package io.tyer.store.redis.fence;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.AclSetuserArgs;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.protocol.CommandType;
import io.tyer.Lease;
import io.tyer.OutcomeUnknownException;
import io.tyer.StoreRefusedException;
import io.tyer.Tyer;
import io.tyer.fence.StaleTokenException;
import io.tyer.testkit.fault.FaultProxy;
import io.tyer.testkit.fault.ProxyMode;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway") // set before all
class RedisFenceTest {

  private static final String COUNT = "return redis.call('INCR', KEYS[1]) -- counted";

  private Clients clients;
  private RedisFence fence;
  private RedisCommands<String, String> redis;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    clients = Clients.start(directory);
    fence = new RedisFence(clients.connect());
    redis = clients.commands();
  }

  @AfterAll
  void stop() {
    if (clients != null) {
      clients.close();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  @Test
  void aSmallerTokenIsRefusedAndTheSameIsNot() throws Exception {
    fence.set("a", bytes("9"), 9);
    fence.set("a", bytes("9 again"), 9);
    fence.set("a", bytes("10"), 10);
    assertThatThrownBy(() -> fence.set("a", bytes("stale"), 9))
        .isInstanceOfSatisfying(
            StaleTokenException.class,
            stale -> {
              assertThat(stale.resource()).isEqualTo("a");
              assertThat(stale.token()).isEqualTo(9);
              assertThat(stale.newest()).hasValue(10);
            });
    assertThat(redis.get("a")).isEqualTo("10");
    assertThat(redis.get("{a}:fence")).isEqualTo("10");
  }

  /** They differ where a double does not tell them apart. */
  @Test
  void largeTokensAreComparedExactly() throws Exception {
    long large = (1L << 62) + 1;
    fence.set("large", bytes("x"), large);
    assertThatThrownBy(() -> fence.set("large", bytes("y"), large - 1))
        .isInstanceOf(StaleTokenException.class);
    fence.set("large", bytes("z"), Long.MAX_VALUE);
    assertThatThrownBy(() -> fence.set("large", bytes("y"), Long.MAX_VALUE - 1))
        .isInstanceOfSatisfying(
            StaleTokenException.class, e -> assertThat(e.newest()).hasValue(Long.MAX_VALUE));
    assertThat(redis.get("large")).isEqualTo("z");
  }

  @Test
  void whatIsDeletedStaysFenced() throws Exception {
    fence.set("d", bytes("x"), 5);
    assertThat(fence.delete("d", 6)).isTrue();
    assertThat(fence.delete("d", 6)).isFalse();
    assertThatThrownBy(() -> fence.set("d", bytes("back"), 5))
        .isInstanceOf(StaleTokenException.class);
    assertThat(redis.exists("d")).isZero();
  }

  @Test
  void aScriptRunsBehindTheCheckWithItsOwnKeysAndValues() throws Exception {
    Object answer =
        fence.run(
            "s",
            7,
            "redis.call('SET', KEYS[1], ARGV[2]) return {#KEYS, #ARGV, ARGV[1], KEYS[2]}",
            List.of("{s}:1", "{s}:2"),
            List.of("first", "second"));
    assertThat((List<?>) answer)
        .usingRecursiveComparison()
        .isEqualTo(List.of(2L, 2L, bytes("first"), bytes("{s}:2")));
    assertThat(redis.get("{s}:1")).isEqualTo("second");
    assertThatThrownBy(() -> fence.run("s", 6, COUNT, List.of("{s}:count"), List.of()))
        .isInstanceOf(StaleTokenException.class);
    assertThat(redis.exists("{s}:count")).isZero();
    assertThat(fence.run("s", 7, "return nil", List.of(), List.of())).isNull();
  }

  @Test
  void aScriptThatFailsSaysWhyAndItsTokenWasSeen() throws Exception {
    redis.set("{f}:text", "x");
    assertThatThrownBy(
            () ->
                fence.run(
                    "f", 7, "return redis.call('INCR', KEYS[1])", List.of("{f}:text"), List.of()))
        .isInstanceOf(StoreRefusedException.class)
        .hasMessageContaining("not an integer");
    assertThatThrownBy(() -> fence.set("f", bytes("x"), 6)).isInstanceOf(StaleTokenException.class);
    assertThatThrownBy(() -> fence.run("f", 7, "return nonsense(", List.of(), List.of()))
        .isInstanceOf(StoreRefusedException.class);
    assertThatThrownBy(() -> fence.run("f", 7, "#!lua\nreturn 1", List.of(), List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> fence.set("f", bytes("x"), 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /**
   * The client library fails the command that waits longest when a connection is reset, and sends
   * those behind it again. That what is sent instead is refused says nothing of the script.
   */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aScriptWhoseReplyIsLostIsNotRunTwice(boolean mayPing) throws Exception {
    redis.del("{once}:n", "{once}:fence");
    if (!mayPing) {
      redis.aclSetuser("default", AclSetuserArgs.Builder.removeCommand(CommandType.PING));
    }
    try (FaultProxy proxy = FaultProxy.to(clients.server.node().address())) {
      StatefulRedisConnection<String, String> connection = clients.connect(proxy.address());
      RedisFence cut = new RedisFence(connection);
      assertThat(cut.run("once", 7, COUNT, List.of("{once}:n"), List.of())).isEqualTo(1L);
      proxy.mode(ProxyMode.LOST_REPLIES);
      RedisFuture<String> longest = connection.async().get("{once}:n");
      CompletableFuture<Object> counting =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return cut.run("once", 7, COUNT, List.of("{once}:n"), List.of());
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              });
      while (!redis.get("{once}:n").equals("2")) {
        Thread.onSpinWait();
      }
      proxy.mode(ProxyMode.PASS);
      proxy.resetAll();
      assertThatThrownBy(counting::join).hasCauseInstanceOf(OutcomeUnknownException.class);
      assertThat(longest.isDone()).isTrue();
      while (!connection.isOpen()) {
        Thread.onSpinWait();
      }
      // The connection goes on, and each answer belongs to its command.
      assertThat(cut.run("once", 7, COUNT, List.of("{once}:n"), List.of())).isEqualTo(3L);
    } finally {
      redis.aclSetuser("default", AclSetuserArgs.Builder.addCommand(CommandType.PING));
    }
  }

  @Test
  void aLeaseIsCheckedBeforeItsToken() throws Exception {
    try (Tyer tyer = Tyer.open("memory:redis-fences")) {
      Lease lease = tyer.lock("leased").acquire();
      fence.set("leased", bytes("x"), lease);
      assertThat(redis.get("{leased}:fence")).isEqualTo(Long.toString(lease.token()));
      lease.close();
      assertThatThrownBy(() -> fence.set("leased", bytes("y"), lease))
          .isInstanceOf(IllegalStateException.class);
      assertThat(redis.get("leased")).isEqualTo("x");
    }
  }

  @Test
  void aFenceThatHoldsNoTokenIsRefused() {
    redis.set("{odd}:fence", "newest");
    assertThatThrownBy(() -> fence.set("odd", bytes("x"), 7))
        .isInstanceOf(StoreRefusedException.class)
        .hasMessageContaining("holds no token");
  }
}
