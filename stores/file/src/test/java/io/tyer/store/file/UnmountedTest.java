package io.tyer.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tyer.Lease;
import io.tyer.LossCause;
import io.tyer.OptionalLease;
import io.tyer.StoreUnreachableException;
import io.tyer.Tyer;
import io.tyer.testkit.host.Needs;
import io.tyer.testkit.host.Requires;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The share is unmounted under its clients; what is left is an empty directory. */
@Requires(Needs.MOUNTS)
class UnmountedTest extends OnDisk {

  @Override
  @BeforeEach
  void mount() throws Exception {
    disk = Disk.of(base.resolve("kept"), base.resolve("mount"));
    store = disk.path();
  }

  @Test
  void forAShortTimeItCostsNoLeaseAndNoPlaceInLine() throws Exception {
    try (Tyer one = Clients.open(store, Clients.LONG);
        Tyer two = Clients.open(store, Clients.LONG)) {
      Lease lease = one.lock("a").acquire();
      long used = Clients.tokenOf(one, "used");
      CompletableFuture<Lease> waiter = two.lock("a").acquireAsync();
      Clients.awaitLine(one, "a", 2);
      disk.unmount();
      Await.pass(Duration.ofMillis(500));
      for (Tyer tyer : new Tyer[] {one, two}) {
        assertUnreachable(tyer, "used");
        assertUnreachable(tyer, "never-used");
      }
      assertThat(lease.isValid()).isTrue();
      assertThat(waiter).isNotDone();
      assertThat(store).as("nothing is written below the mount point").isEmptyDirectory();
      disk.mountAgain();

      long token = lease.token();
      lease.checkValid();
      lease.close();
      try (Lease next = Clients.get(waiter)) {
        assertThat(next.token()).isGreaterThan(token);
      }
      assertThat(Clients.tokenOf(two, "used")).isGreaterThan(used);
    }
    Clients.assertNothingLeft(store);
  }

  @Test
  void beyondTheTtlTheLossIsToldAndMountedAgainTheSameClientsGoOn() throws Exception {
    try (Tyer one = Clients.open(store, Clients.SHORT);
        Tyer two = Clients.open(store, Clients.SHORT)) {
      Lease lease = one.lock("a").acquire();
      long token = lease.token();
      CompletableFuture<LossCause> lost = Clients.lossOf(lease);
      CompletableFuture<Lease> patient = two.lock("a").acquireAsync();
      Clients.awaitLine(one, "a", 2);
      disk.unmount();
      CompletableFuture<OptionalLease> bounded =
          two.lock("b").tryAcquireAsync(Duration.ofMillis(500));
      assertThat(Clients.get(lost)).isEqualTo(LossCause.UNPROVED);
      assertThatThrownBy(() -> Clients.get(bounded))
          .hasCauseInstanceOf(StoreUnreachableException.class)
          .hasMessageContainingAll(store.toString(), "mount it again");
      Await.pass(Clients.SHORT);
      assertUnreachable(one, "a");
      lease.close();
      assertThat(patient).isNotDone();
      assertThat(store).isEmptyDirectory();
      disk.mountAgain();

      try (Lease next = Clients.get(patient)) {
        assertThat(next.token()).isGreaterThan(token);
        assertThat(one.lock("a").tryAcquire().asOptional()).isEmpty();
      }
      assertThat(Clients.tokenOf(one, "a")).isGreaterThan(token);
    }
  }

  /** Else it would lock below the mount point, alone. */
  @Test
  void whoIsOpenedMeanwhileMakesNoStoreOfItsOwnIfToldSo() throws Exception {
    String address = "file:" + store + "?create=false";
    assertThatThrownBy(() -> Tyer.open(address))
        .isInstanceOf(StoreUnreachableException.class)
        .hasMessageContainingAll(store.toString(), "there is no store", "mount it");
    Clients.open(store, Clients.LONG).close();
    disk.unmount();
    assertThatThrownBy(() -> Tyer.open(address))
        .isInstanceOf(StoreUnreachableException.class)
        .hasMessageContainingAll(store.toString(), "there is no store", "mount it");
    assertThatThrownBy(() -> Tyer.open("file:" + store + "/below?create=false"))
        .isInstanceOf(StoreUnreachableException.class)
        .hasMessageContainingAll(store.toString(), "there is no store", "mount it");
    assertThat(store).isEmptyDirectory();
    disk.mountAgain();
    try (Tyer tyer = Tyer.open(address)) {
      assertThat(Clients.tokenOf(tyer, "a")).isPositive();
    }
  }

  private void assertUnreachable(Tyer tyer, String name) {
    assertThatThrownBy(() -> tyer.lock(name).tryAcquire())
        .isInstanceOf(StoreUnreachableException.class)
        .hasMessageContainingAll(store.toString(), "mount it again");
  }
}
