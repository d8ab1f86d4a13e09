package io.tyer.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tyer.Lease;
import io.tyer.LossCause;
import io.tyer.StoreRefusedException;
import io.tyer.Tyer;
import io.tyer.testkit.host.Needs;
import io.tyer.testkit.host.Requires;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The file system becomes read-only under its clients, as it does after an error of the disk. */
@Requires(Needs.MOUNTS)
class ReadOnlyTest extends OnDisk {

  @Test
  void forAShortTimeItCostsNoLeaseAndNoPlaceInLine() throws Exception {
    try (Tyer one = Clients.open(store, Clients.LONG);
        Tyer two = Clients.open(store, Clients.LONG)) {
      Lease lease = one.lock("a").acquire();
      Lease released = one.lock("released").acquire();
      CompletableFuture<Lease> waiter = two.lock("a").acquireAsync();
      Clients.awaitLine(one, "a", 2);
      disk.remount("ro");
      CompletableFuture<Void> left = released.closeAsync();
      Await.pass(Duration.ofMillis(500));
      assertThat(one.lock("a").tryAcquire().asOptional())
          .as("that it is held, can be read")
          .isEmpty();
      assertRefused(two, "b");
      assertThat(left).isNotDone();
      assertThat(waiter).isNotDone();
      disk.remount("rw");

      Clients.get(left);
      long token = lease.token();
      lease.checkValid();
      lease.close();
      try (Lease next = Clients.get(waiter)) {
        assertThat(next.token()).isGreaterThan(token);
      }
      assertThat(Clients.tokenOf(one, "a")).isGreaterThan(token);
    }
    Clients.assertNothingLeft(store);
  }

  @Test
  void beyondTheTtlTheLossIsToldAndWritableAgainTheSameClientsGoOn() throws Exception {
    try (Tyer one = Clients.open(store, Clients.SHORT);
        Tyer two = Clients.open(store, Clients.SHORT)) {
      Lease lease = one.lock("a").acquire();
      long token = lease.token();
      CompletableFuture<LossCause> lost = Clients.lossOf(lease);
      CompletableFuture<Lease> waiter = two.lock("a").acquireAsync();
      Clients.awaitLine(one, "a", 2);
      disk.remount("ro");
      assertThat(Clients.get(lost)).isEqualTo(LossCause.UNPROVED);
      assertThatThrownBy(() -> Clients.get(waiter))
          .hasCauseInstanceOf(StoreRefusedException.class)
          .hasMessageContainingAll(store.toString(), "read-only", "mount it writable");
      assertRefused(one, "a");
      assertThatThrownBy(() -> Clients.open(store, Clients.SHORT))
          .isInstanceOf(StoreRefusedException.class)
          .hasMessageContainingAll(store.toString(), "read-only", "mount it writable");
      lease.close();
      disk.remount("rw");

      assertThat(Clients.tokenOf(two, "a")).isGreaterThan(token);
      assertThat(Clients.tokenOf(one, "a")).isGreaterThan(token);
    }
  }

  private void assertRefused(Tyer tyer, String name) {
    assertThatThrownBy(() -> tyer.lock(name).tryAcquire())
        .isInstanceOf(StoreRefusedException.class)
        .hasMessageContainingAll(store.toString(), "read-only", "mount it writable");
  }
}
