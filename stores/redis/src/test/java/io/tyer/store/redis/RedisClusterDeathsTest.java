package io.tyer.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tyer.Lease;
import io.tyer.StoreUnreachableException;
import io.tyer.Tyer;
import io.tyer.servers.redis.RedisClusterKind;
import io.tyer.servers.redis.RedisClusterReplicasKind;
import io.tyer.servers.redis.RedisClusterServer;
import io.tyer.servers.redis.RedisNode;
import io.tyer.testkit.host.Await;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Masters of a cluster that die while locks on them are held. */
@Timeout(180)
@Tag("full")
class RedisClusterDeathsTest {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir Path directory;

  private static Tyer open(RedisClusterServer cluster, int seconds) {
    return Tyer.builder(cluster.address()).ttl(Duration.ofSeconds(seconds)).open();
  }

  /** Where the cluster does not require that all slots are served. */
  @Test
  void aDeadMasterCostsItsOwnShardsOnly() throws Exception {
    try (RedisClusterServer cluster = new RedisClusterKind().start(directory)) {
      ClusterPlaces.requireFullCoverage(cluster, false);
      RedisNode first = cluster.nodes().get(0);
      RedisNode second = cluster.nodes().get(1);
      try (Tyer one = open(cluster, 4);
          Tyer two = open(cluster, 4);
          Lease doomed = one.lock(ClusterPlaces.nameOn(cluster, first, "doomed")).acquire();
          Lease safe = one.lock(ClusterPlaces.nameOn(cluster, second, "safe")).acquire()) {
        String other = ClusterPlaces.nameOn(cluster, second, "other");
        two.lock(other).acquire().close();
        first.kill();
        Await.until("the lease on the dead master is lost", () -> !doomed.isValid());
        assertThat(safe.isValid()).isTrue();
        assertThat(two.lock(safe.name()).tryAcquire().asOptional()).isEmpty();
        two.lock(other).tryAcquire(Duration.ofSeconds(10)).orElseThrow().close();
        assertThatThrownBy(() -> two.lock(doomed.name()).tryAcquire())
            .isInstanceOf(StoreUnreachableException.class);
        try (Tyer late = open(cluster, 4)) {
          late.lock(other).tryAcquire(Duration.ofSeconds(10)).orElseThrow().close();
        }
        cluster.start();
        two.lock(doomed.name()).tryAcquire(LIMIT).orElseThrow().close();
        assertThat(safe.isValid()).isTrue();
      }
    }
  }

  /** As clusters are by default. */
  @Test
  void aClusterThatIsDownSaysSoAndComesBack() throws Exception {
    try (RedisClusterServer cluster = new RedisClusterKind().start(directory)) {
      RedisNode first = cluster.nodes().get(0);
      RedisNode second = cluster.nodes().get(1);
      String name = ClusterPlaces.nameOn(cluster, second, "name");
      try (Tyer one = open(cluster, 15)) {
        Lease lease = one.lock(name).acquire();
        long token = lease.token();
        lease.close();
        first.kill();
        Await.until("the others have noticed", () -> ClusterPlaces.isDown(second));
        assertThatThrownBy(() -> one.lock(name).tryAcquire())
            .isInstanceOf(StoreUnreachableException.class)
            .hasMessageContaining("does not serve this slot");
        assertThat(ClusterPlaces.errors(cluster, "CLUSTERDOWN")).isPositive();
        cluster.start();
        try (Lease again = one.lock(name).tryAcquire(LIMIT).orElseThrow()) {
          assertThat(again.token()).isGreaterThan(token);
        }
      }
    }
  }

  @Test
  void aReplicaTakesOverWithTheLeasesAndLargerTokens() throws Exception {
    try (RedisClusterServer cluster = new RedisClusterReplicasKind().start(directory)) {
      RedisNode first = cluster.nodes().get(0);
      String held = ClusterPlaces.nameOn(cluster, first, "held");
      String used = ClusterPlaces.nameOn(cluster, first, "used");
      try (Tyer one = open(cluster, 15);
          Tyer two = open(cluster, 15)) {
        Lease lease = one.lock(held).acquire();
        Lease before = one.lock(used).acquire();
        long token = before.token();
        before.close();
        Await.until("a replica has it", () -> ClusterPlaces.isReplicated(first));
        first.kill();
        cluster.awaitServing(LIMIT);
        try (Lease after = two.lock(used).tryAcquire(LIMIT).orElseThrow()) {
          assertThat(after.token()).isGreaterThan(token);
        }
        assertThat(lease.isValid()).isTrue();
        assertThat(two.lock(held).tryAcquire().asOptional()).isEmpty();
        lease.close();
        two.lock(held).tryAcquire(LIMIT).orElseThrow().close();
      }
    }
  }
}
