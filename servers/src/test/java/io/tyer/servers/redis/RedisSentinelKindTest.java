package io.tyer.servers.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tyer.servers.process.Until;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("full")
final class RedisSentinelKindTest {

  private static final Duration FAILOVER = Duration.ofSeconds(90);
  private static final String WHO = "0123456789abcdef0123456789abcdef.3000";

  @TempDir private Path directory;

  private RedisSentinelServer start(String kind) throws IOException {
    return (RedisSentinelServer) Kinds.kind(kind).start(directory);
  }

  /** Until so many replicas have it. */
  private static void set(RedisNode master, String key, String value, long replicas)
      throws IOException {
    master.ask("SET", key, value);
    Until.holds(
        replicas + " replicas have " + key,
        Duration.ofSeconds(30),
        () -> (Long) master.ask("WAIT", Long.toString(replicas), "1000") >= replicas);
  }

  @Test
  void threeSentinelsNameTheMaster() throws IOException {
    try (RedisSentinelServer server = start("redis-sentinel")) {
      assertThat(server.nodes()).hasSize(3);
      assertThat(server.sentinels()).hasSize(3);
      assertThat(server.master()).isSameAs(server.nodes().get(0));
      assertThat(server.pid()).isEqualTo(server.nodes().get(0).pid());
      assertThat(server.address())
          .isEqualTo(
              "redis-sentinel://%s,%s,%s?master=mymaster",
              server.sentinels().get(0), server.sentinels().get(1), server.sentinels().get(2));
      for (RedisNode sentinel : server.sentinels()) {
        assertThat((String) sentinel.ask("SENTINEL", "CKQUORUM", "mymaster")).startsWith("OK 3");
      }
    }
  }

  @Test
  void clientsCanBeToldToWaitForAReplica() throws IOException {
    try (RedisSentinelServer server = start("redis-sentinel-wait")) {
      assertThat(server.address()).endsWith("?master=mymaster&replicas=1");
    }
  }

  @Test
  void aReplicaTakesTheDeadMastersPlaceAndTheDeadOneFollowsIt() throws IOException {
    try (RedisSentinelServer server = start("redis-sentinel")) {
      set(server.master(), "a", "1", 2);
      long pid = server.pid().orElseThrow();
      server.kill();
      assertThat(ProcessHandle.of(pid)).isEmpty();
      RedisNode former = server.nodes().get(0);
      assertThat(former.isRunning()).isFalse();
      RedisNode master = server.awaitFailover(former, FAILOVER);
      assertThat(master.ask("GET", "a")).isEqualTo("1");
      assertThat(server.pid()).isEqualTo(master.pid()).isPresent();
      server.kill();
      assertThat(master.isRunning()).as("a second kill, without a start").isTrue();
      set(master, "b", "2", 1);
      server.start();
      assertThat(server.master()).isSameAs(master);
      assertThat(former.ask("GET", "b")).isEqualTo("2");
    }
  }

  @Test
  void aMasterThatComesBackAtOnceHasWhatItAcknowledged() throws IOException {
    try (RedisSentinelServer server = start("redis-sentinel")) {
      set(server.master(), "a", "1", 2);
      server.kill();
      server.start();
      assertThat(server.master().ask("GET", "a")).isEqualTo("1");
    }
  }

  @Test
  void aPausedMasterLosesItsPlace() throws IOException {
    try (RedisSentinelServer server = start("redis-sentinel")) {
      set(server.master(), "a", "1", 2);
      RedisNode former = server.master();
      former.pause();
      RedisNode master = server.awaitFailover(former, FAILOVER);
      former.resume();
      server.awaitSettled(FAILOVER);
      assertThat(server.master()).isSameAs(master);
      assertThat(Nodes.isMaster(former)).isFalse();
    }
  }

  @Test
  void whatTheMasterKeepsIsSeen() throws IOException {
    try (RedisSentinelServer server = start("redis-sentinel")) {
      server.master().ask("ZADD", "tyer:{0}:sessions", "1", WHO);
      assertThat(server.look().sessions()).isEqualTo(1);
      assertThat(server.look().litter()).isEmpty();
      server.killMaster();
      assertThatThrownBy(server::look).isInstanceOf(IOException.class);
    }
  }
}
