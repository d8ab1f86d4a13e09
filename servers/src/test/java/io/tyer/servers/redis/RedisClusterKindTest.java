package io.tyer.servers.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tyer.testkit.server.Contents;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("full")
final class RedisClusterKindTest {

  private static final int KEYS = 60;
  private static final String WHO = "0123456789abcdef0123456789abcdef.3000";

  @TempDir private Path directory;

  private RedisClusterServer start(String kind) throws IOException {
    return (RedisClusterServer) Kinds.kind(kind).start(directory);
  }

  private static RedisNode nodeOf(RedisClusterServer cluster, String key) throws IOException {
    return cluster.ownerOf(cluster.slotOf(key));
  }

  private static void fill(RedisClusterServer cluster) throws IOException {
    for (int i = 0; i < KEYS; i++) {
      nodeOf(cluster, "key " + i).ask("SET", "key " + i, "value " + i);
    }
  }

  private static void checkFilled(RedisClusterServer cluster) throws IOException {
    for (int i = 0; i < KEYS; i++) {
      assertThat(nodeOf(cluster, "key " + i).ask("GET", "key " + i)).isEqualTo("value " + i);
    }
  }

  @Test
  void everySlotIsServedByOneOfThreeMasters() throws IOException {
    try (RedisClusterServer cluster = start("redis-cluster")) {
      assertThat(cluster.nodes()).hasSize(3);
      assertThat(cluster.masters()).hasSize(3);
      assertThat(cluster.address())
          .isEqualTo(
              "redis-cluster://%s,%s,%s",
              cluster.nodes().get(0), cluster.nodes().get(1), cluster.nodes().get(2));
      Set<RedisNode> owners = new HashSet<>();
      for (int slot : List.of(0, 8_000, 16_383)) {
        owners.add(cluster.ownerOf(slot));
      }
      assertThat(owners).hasSize(3);
      fill(cluster);
      checkFilled(cluster);
    }
  }

  @Test
  void oneMasterAfterTheOtherIsKilledAndKeepsItsKeys() throws IOException {
    try (RedisClusterServer cluster = start("redis-cluster")) {
      fill(cluster);
      Set<RedisNode> killed = new HashSet<>();
      for (int i = 0; i < 3; i++) {
        long pid = cluster.pid().orElseThrow();
        cluster.kill();
        assertThat(cluster.pid()).isEmpty();
        assertThat(ProcessHandle.of(pid)).isEmpty();
        assertThatThrownBy(cluster::look).isInstanceOf(IOException.class);
        cluster.nodes().stream().filter(node -> !node.isRunning()).forEach(killed::add);
        cluster.start();
        checkFilled(cluster);
      }
      assertThat(killed).hasSize(3);
    }
  }

  @Test
  void aReplicaTakesTheDeadMastersPlace() throws IOException {
    try (RedisClusterServer cluster = start("redis-cluster-replicas")) {
      assertThat(cluster.nodes()).hasSize(6);
      fill(cluster);
      RedisNode master = cluster.ownerOf(0);
      assertThat(master.ask("WAIT", "1", "10000")).isEqualTo(1L);
      master.kill();
      cluster.awaitServing(Duration.ofSeconds(60));
      assertThat(cluster.ownerOf(0)).isNotSameAs(master);
      assertThat(cluster.masters()).hasSize(3).doesNotContain(master);
      checkFilled(cluster);
      cluster.start();
      assertThat(cluster.ownerOf(0)).isNotSameAs(master);
      assertThat(Nodes.isMaster(master)).isFalse();
      checkFilled(cluster);
    }
  }

  @Test
  void aSlotMovesWithItsKeys() throws IOException {
    try (RedisClusterServer cluster = start("redis-cluster")) {
      for (int i = 0; i < KEYS; i++) {
        nodeOf(cluster, "{a}").ask("SET", "{a} " + i, "value " + i);
      }
      int slot = cluster.slotOf("{a}");
      RedisNode from = cluster.ownerOf(slot);
      RedisNode to =
          cluster.nodes().stream().filter(node -> node != from).findFirst().orElseThrow();
      SlotMove move = cluster.beginMove(slot, to);
      assertThat(move.moveKeys(KEYS / 2)).isFalse();
      assertThat(to.ask("DBSIZE")).isEqualTo((long) KEYS / 2);
      assertThat(from.ask("DBSIZE")).isEqualTo((long) KEYS / 2);
      assertThatThrownBy(() -> from.ask("GET", "{a} that is not there"))
          .hasMessageContaining("ASK " + slot);
      assertThat(move.moveKeys(KEYS)).isFalse();
      assertThat(move.moveKeys(KEYS)).isTrue();
      move.finish();
      cluster.awaitServing(Duration.ofSeconds(60));
      assertThat(cluster.ownerOf(slot)).isSameAs(to);
      for (int i = 0; i < KEYS; i++) {
        assertThat(to.ask("GET", "{a} " + i)).isEqualTo("value " + i);
      }
      assertThatThrownBy(() -> from.ask("GET", "{a} 1")).hasMessageContaining("MOVED " + slot);
      cluster.moveSlot(slot, from);
      assertThat(from.ask("GET", "{a} 1")).isEqualTo("value 1");
    }
  }

  @Test
  void whatAllNodesKeepIsSeen() throws IOException {
    try (RedisClusterServer cluster = start("redis-cluster")) {
      Set<RedisNode> used = new HashSet<>();
      for (int shard = 0; shard < 32; shard++) {
        String base = "tyer:{s" + shard + "}:";
        RedisNode node = nodeOf(cluster, base);
        used.add(node);
        String ticket = "0".repeat(32) + " " + WHO + " 1 1 1 17 me";
        node.ask("ZADD", base + "sessions", "1", WHO);
        node.ask("HSET", base + "session:" + WHO, "key", "00");
        node.ask("ZADD", base + "line:n" + shard % 2, "5", ticket);
      }
      assertThat(used).hasSize(3);
      Contents contents = cluster.look();
      assertThat(contents.tickets()).isEqualTo(new TreeMap<>(Map.of("n0", 16, "n1", 16)));
      assertThat(contents.sessions()).isEqualTo(1);
      assertThat(contents.litter()).isEmpty();
      nodeOf(cluster, "tyer:{s7}:").ask("DEL", "tyer:{s7}:sessions");
      assertThat(cluster.look().litter()).hasSize(2).allMatch(what -> what.contains(WHO));
    }
  }
}
