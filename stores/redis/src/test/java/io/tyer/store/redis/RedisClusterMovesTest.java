package io.tyer.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.Lease;
import io.tyer.Tyer;
import io.tyer.servers.redis.RedisClusterKind;
import io.tyer.servers.redis.RedisClusterServer;
import io.tyer.servers.redis.RedisNode;
import io.tyer.servers.redis.SlotMove;
import io.tyer.testkit.contract.SharedServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Slots that move from one master to another while locks in them are used. */
@Timeout(180)
@Tag("full")
class RedisClusterMovesTest {

  private static final SharedServer<RedisClusterServer> SHARED =
      new SharedServer<>(new RedisClusterKind(), RedisClusterServer.class);

  private static final Duration TTL = Duration.ofSeconds(6);

  @AfterAll
  static void end() {
    SHARED.close();
  }

  private static Tyer open() throws IOException {
    return Tyer.builder(SHARED.get().address()).ttl(TTL).open();
  }

  private static RedisNode anotherThan(RedisClusterServer cluster, RedisNode node) {
    List<RedisNode> nodes = cluster.nodes();
    return nodes.get((nodes.indexOf(node) + 1) % nodes.size());
  }

  /** All of its names are in the slot that moves. */
  @Test
  void aSlotThatMovesUnderLoadCostsNoLockAndNoOrder() throws Exception {
    RedisClusterServer cluster = SHARED.get();
    int slot = ClusterPlaces.slotOf("held");
    List<String> names = List.of(inSlot(slot, "a"), inSlot(slot, "b"));
    long moved = ClusterPlaces.errors(cluster, "MOVED");
    long asked = ClusterPlaces.errors(cluster, "ASK");
    long again = ClusterPlaces.errors(cluster, "TRYAGAIN");
    try (Tyer holder = open();
        Tyer one = open();
        Tyer two = open();
        Lease held = holder.lock("held").acquire();
        Traffic traffic = new Traffic(List.of(one, two), names)) {
      long token = held.token();
      for (int i = 0; i < 5; i++) {
        traffic.awaitMore(20);
        cluster.moveSlot(slot, anotherThan(cluster, cluster.ownerOf(slot)));
      }
      for (int i = 0; i < 3; i++) {
        traffic.awaitMore(20);
        slowly(cluster.beginMove(slot, anotherThan(cluster, cluster.ownerOf(slot))));
      }
      traffic.awaitMore(20);
      traffic.end();
      assertThat(traffic.problems()).isEmpty();
      assertThat(held.isValid()).isTrue();
      assertThat(held.token()).isEqualTo(token);
      assertThat(one.lock("held").tryAcquire().asOptional()).isEmpty();
    }
    assertThat(ClusterPlaces.errors(cluster, "MOVED")).as("MOVED").isGreaterThan(moved);
    assertThat(ClusterPlaces.errors(cluster, "ASK")).as("ASK").isGreaterThan(asked);
    assertThat(ClusterPlaces.errors(cluster, "TRYAGAIN")).as("TRYAGAIN").isGreaterThan(again);
  }

  /** One key at a time, so that scripts meet keys in two places. */
  private static void slowly(SlotMove move) throws Exception {
    do {
      Thread.sleep(100);
    } while (!move.moveKeys(1));
    move.finish();
  }

  private static String inSlot(int slot, String begin) {
    for (int i = 0; ; i++) {
      if (ClusterPlaces.slotOf(begin + i) == slot) {
        return begin + i;
      }
    }
  }

  /** Shorter than what is left of a lease after its last beat at the worst. */
  @Test
  void aSessionOutlivesAMoveThatIsStuckForAWhile() throws Exception {
    RedisClusterServer cluster = SHARED.get();
    int slot = ClusterPlaces.slotOf("stuck");
    try (Tyer holder = open();
        Tyer other = open();
        Lease held = holder.lock("stuck").acquire()) {
      SlotMove move = cluster.beginMove(slot, anotherThan(cluster, cluster.ownerOf(slot)));
      assertThat(move.moveKeys(1)).isFalse();
      Thread.sleep(TTL.toMillis() / 2);
      while (!move.moveKeys(10)) {
        // There are more.
      }
      move.finish();
      Thread.sleep(TTL.toMillis());
      assertThat(held.isValid()).isTrue();
      assertThat(other.lock("stuck").tryAcquire().asOptional()).isEmpty();
    }
  }
}
