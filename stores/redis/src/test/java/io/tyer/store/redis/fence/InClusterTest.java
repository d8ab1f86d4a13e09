package io.tyer.store.redis.fence;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.tyer.fence.Codec;
import io.tyer.fence.StaleTokenException;
import io.tyer.fence.Versioned;
import io.tyer.servers.redis.RedisClusterKind;
import io.tyer.servers.redis.RedisClusterServer;
import io.tyer.servers.redis.RedisNode;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class InClusterTest {

  private static final String COUNT = "return redis.call('INCR', KEYS[1])";

  @TempDir private Path directory;

  @Test
  void keysLieInOneSlotAndScriptsFollowASlotThatMoves() throws Exception {
    RedisClusterKind kind = new RedisClusterKind();
    Assumptions.assumeTrue(kind.unavailable().isEmpty(), "no Redis can be had");
    try (RedisClusterServer cluster = kind.start(directory)) {
      InetSocketAddress any = cluster.nodes().get(0).address();
      RedisClusterClient client =
          RedisClusterClient.create(RedisURI.create(any.getHostString(), any.getPort()));
      try (StatefulRedisClusterConnection<String, String> connection = client.connect()) {
        RedisFence fence = new RedisFence(connection);
        for (int i = 0; i < 10; i++) {
          fence.set("key " + i, "x".getBytes(UTF_8), 7);
        }
        assertThatThrownBy(() -> fence.set("key 3", new byte[0], 6))
            .isInstanceOf(StaleTokenException.class);
        assertThatThrownBy(() -> fence.run("coupon", 7, COUNT, List.of("stock"), List.of()))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("stock is not in that of {coupon}:fence")
            .hasMessageContaining("braces");
        assertThatThrownBy(() -> fence.set("odd}key", new byte[0], 7))
            .isInstanceOf(IllegalArgumentException.class);
        assertThat(fence.run("{coupon}", 7, COUNT, List.of("{coupon}:stock"), List.of()))
            .isEqualTo(1L);

        Versioned<String> versioned =
            new RedisVersioned<>(connection, "{coupon}:versioned", Codec.text());
        versioned.update(now -> "a");
        int slot = cluster.slotOf("{coupon}");
        RedisNode owner = cluster.ownerOf(slot);
        RedisNode next =
            cluster.masters().stream().filter(node -> node != owner).findFirst().orElseThrow();
        cluster.moveSlot(slot, next);
        versioned.update(now -> now.orElseThrow() + "b");
        assertThat(versioned.read().orElseThrow().value()).isEqualTo("ab");
        assertThat(fence.run("{coupon}", 7, COUNT, List.of("{coupon}:stock"), List.of()))
            .isEqualTo(2L);
      } finally {
        client.shutdown();
      }
    }
  }
}
