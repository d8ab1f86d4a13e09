package io.tyer.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tyer.Lease;
import io.tyer.LossCause;
import io.tyer.OptionalLease;
import io.tyer.StoreRefusedException;
import io.tyer.StoreUnreachableException;
import io.tyer.Tyer;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The store's directory goes away under its clients, for a while or for good. */
class DirectoryDeletedTest {

  @TempDir Path base;

  private Path store;
  private File away;

  @BeforeEach
  void name() {
    store = base.resolve("store");
    away = base.resolve("away").toFile();
  }

  @Test
  void whoHoldsIsToldAndNobodyHearsBusy() throws Exception {
    try (Tyer one = Clients.open(store, Clients.SHORT);
        Tyer two = Clients.open(store, Clients.SHORT)) {
      Lease lease = one.lock("a").acquire();
      long token = lease.token();
      CompletableFuture<LossCause> lost = Clients.lossOf(lease);
      CompletableFuture<OptionalLease> waiter =
          two.lock("a").tryAcquireAsync(Duration.ofSeconds(3));
      Clients.awaitLine(one, "a", 2);
      delete();

      for (Tyer client : new Tyer[] {one, two}) {
        assertThatThrownBy(() -> client.lock("b").tryAcquire())
            .isInstanceOf(StoreUnreachableException.class)
            .hasMessageContainingAll(store.toString(), "mount it again", "restart");
      }
      assertThat(Clients.get(lost)).isEqualTo(LossCause.UNPROVED);
      assertThatThrownBy(() -> Clients.get(waiter))
          .hasCauseInstanceOf(StoreUnreachableException.class)
          .hasMessageContaining(store.toString());
      lease.close();
      assertThat(store).as("not made again by a client in the middle").doesNotExist();

      try (Tyer fresh = Clients.open(store, Clients.SHORT)) {
        assertThatThrownBy(() -> one.lock("b").tryAcquire())
            .isInstanceOf(StoreRefusedException.class)
            .hasMessageContainingAll(store.toString(), "another store", "restart");
        try (Lease after = fresh.lock("a").acquire()) {
          assertThat(after.token()).isGreaterThan(token);
        }
      }
    }
    Clients.assertNothingLeft(store);
  }

  @Test
  void aShortAbsenceCostsNobodyAnything() throws Exception {
    try (Tyer one = Clients.open(store, Clients.LONG);
        Tyer two = Clients.open(store, Clients.LONG)) {
      Lease lease = one.lock("a").acquire();
      long token = lease.token();
      CompletableFuture<Lease> waiter = two.lock("a").acquireAsync();
      Clients.awaitLine(one, "a", 2);
      Lease released = one.lock("released").acquire();
      assertThat(store.toFile().renameTo(away)).isTrue();
      CompletableFuture<Void> left = released.closeAsync();
      Await.pass(Duration.ofMillis(500));
      assertThat(lease.isValid()).isTrue();
      assertThat(left).isNotDone();
      assertThat(waiter).isNotDone();
      assertThat(away.renameTo(store.toFile())).isTrue();

      Clients.get(left);
      lease.checkValid();
      lease.close();
      try (Lease next = Clients.get(waiter)) {
        assertThat(next.token()).isGreaterThan(token);
      }
    }
    Clients.assertNothingLeft(store);
  }

  @Test
  void afterALongAbsenceTheSameClientsGoOn() throws Exception {
    try (Tyer one = Clients.open(store, Clients.SHORT);
        Tyer two = Clients.open(store, Clients.SHORT)) {
      Lease lease = one.lock("a").acquire();
      long token = lease.token();
      CompletableFuture<LossCause> lost = Clients.lossOf(lease);
      CompletableFuture<Lease> waiter = two.lock("a").acquireAsync();
      Clients.awaitLine(one, "a", 2);
      assertThat(store.toFile().renameTo(away)).isTrue();
      assertThat(Clients.get(lost)).isEqualTo(LossCause.UNPROVED);
      Await.pass(Clients.SHORT);
      assertThat(waiter).as("a wait without a time-out goes on").isNotDone();
      assertThat(away.renameTo(store.toFile())).isTrue();

      long next;
      try (Lease granted = Clients.get(waiter)) {
        next = granted.token();
        assertThat(next).isGreaterThan(token);
      }
      try (Lease again = one.lock("a").acquire()) {
        assertThat(again.token()).isGreaterThan(next);
      }
    }
    try (Tyer tyer = Clients.open(store, Clients.SHORT)) {
      assertThat(tyer.operator().locks("")).isEmpty();
    }
  }

  /** At once: piece by piece, a holder may be told of whatever piece it misses first. */
  private void delete() {
    assertThat(store.toFile().renameTo(away)).isTrue();
    Trees.delete(away);
  }
}
