package io.tyer.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tyer.Lease;
import io.tyer.OptionalLease;
import io.tyer.StoreUnreachableException;
import io.tyer.Tyer;
import io.tyer.testkit.host.Needs;
import io.tyer.testkit.host.Requires;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The disk fills up under its clients. */
@Requires(Needs.MOUNTS)
class FullDiskTest extends OnDisk {

  @Test
  void whatIsHeldAndWaitedForGoesOnAndWhatIsNewIsToldWhy() throws Exception {
    Duration ttl = Duration.ofSeconds(3);
    try (Tyer one = Clients.open(store, ttl);
        Tyer two = Clients.open(store, ttl)) {
      for (int i = 0; i < Pruning.KEPT; i++) {
        long used = Clients.tokenOf(one, "a") + Clients.tokenOf(two, "a");
        assertThat(used).isPositive();
      }
      Lease lease = one.lock("a").acquire();
      long token = lease.token();
      CompletableFuture<Lease> waiter = two.lock("a").acquireAsync();
      Clients.awaitLine(one, "a", 2);
      disk.fill();

      Await.pass(ttl.plusSeconds(1));
      assertThat(lease.isValid()).as("beats are written over old ones").isTrue();
      assertThatThrownBy(() -> one.lock("new").tryAcquire())
          .isInstanceOf(StoreUnreachableException.class)
          .hasMessageContainingAll(store.toString(), "no space left", "free some");
      CompletableFuture<OptionalLease> bounded =
          one.lock("new").tryAcquireAsync(Duration.ofMillis(200));
      assertThatThrownBy(() -> Clients.get(bounded))
          .hasCauseInstanceOf(StoreUnreachableException.class)
          .hasMessageContainingAll(store.toString(), "no space left");
      assertThatThrownBy(() -> Clients.open(store, ttl))
          .isInstanceOf(StoreUnreachableException.class)
          .hasMessageContainingAll(store.toString(), "no space left", "free some");
      lease.close();
      try (Lease next = Clients.get(waiter)) {
        assertThat(next.token()).isGreaterThan(token);
      }
      disk.free();

      assertThat(Clients.tokenOf(one, "a")).isGreaterThan(token);
      assertThat(Clients.tokenOf(one, "new")).isPositive();
    }
    Clients.assertNothingLeft(store);
  }

  @Test
  void whileItIsFullNothingIsHalfWritten() throws Exception {
    try (Tyer one = Clients.open(store, Clients.LONG);
        Tyer two = Clients.open(store, Clients.LONG)) {
      long token = Clients.tokenOf(one, "a");
      disk.fill();
      int failed = 0;
      for (int i = 0; i < 200; i++) {
        // Each record grows, until there is no room for it.
        try {
          one.lock("a-" + i).tryAcquire().orElseThrow().close();
        } catch (StoreUnreachableException e) {
          assertThat(e).hasMessageContainingAll(store.toString(), "no space left");
          failed++;
        }
      }
      assertThat(failed).isPositive();
      assertThat(two.operator().locks("")).as("every record can be read").isEmpty();
      disk.free();
      assertThat(Clients.tokenOf(two, "a")).isGreaterThan(token);
    }
    Clients.assertNothingLeft(store);
  }
}
