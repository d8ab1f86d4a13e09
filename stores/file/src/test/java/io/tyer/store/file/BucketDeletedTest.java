package io.tyer.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tyer.Lease;
import io.tyer.StoreRefusedException;
import io.tyer.Tyer;
import io.tyer.testkit.host.Command;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The record of a lock's line is removed by hand while the lock is held and waited for. */
class BucketDeletedTest {

  @TempDir Path store;

  /** All names in one record. */
  @BeforeEach
  void make() throws Exception {
    StoreDirectory unused = StoreOpening.open(store, OptionalInt.of(1), Stores.SURROUNDINGS);
  }

  @Test
  void itsLineIsForgottenAndTokensGrowOn() throws Exception {
    try (Tyer one = Clients.open(store, Clients.LONG);
        Tyer two = Clients.open(store, Clients.LONG)) {
      Lease lease = one.lock("a").acquire();
      long token = lease.token();
      CompletableFuture<Lease> waiter = two.lock("a").acquireAsync();
      Clients.awaitLine(one, "a", 2);
      moveAway(bucket());
      // The waiter takes a new ticket, in a line that knows nothing of the holder.
      Lease next = Clients.get(waiter);
      assertThat(next.token()).isGreaterThan(token);
      lease.close();
      next.checkValid();
      next.close();
    }
    Clients.assertNothingLeft(store);
  }

  /** What {@code rm -r} leaves when somebody writes in the middle of it. */
  @Test
  void halfRemovedItIsRefusedAndWhatHelpsIsTold() throws Exception {
    try (Tyer one = Clients.open(store, Clients.LONG);
        Tyer two = Clients.open(store, Clients.LONG)) {
      Lease lease = one.lock("a").acquire();
      long token = lease.token();
      File bucket = bucket();
      interruptedByAWriter(bucket);
      String remedy = "mv " + bucket + " " + store.resolve("tmp");
      for (Tyer tyer : new Tyer[] {one, two}) {
        assertThatThrownBy(() -> tyer.lock("b").acquire().close())
            .isInstanceOf(StoreRefusedException.class)
            .hasMessageContainingAll(bucket.toString(), remedy);
      }
      assertThat(lease.isValid()).isTrue();
      CompletableFuture<Void> left = lease.closeAsync();

      assertThat(Command.succeeds("sh", "-c", remedy)).isTrue();
      Clients.get(left);
      assertThat(Clients.tokenOf(two, "a")).isGreaterThan(token);
      assertThat(Clients.tokenOf(one, "a")).isGreaterThan(token);
    }
  }

  /** Everything is removed, and then linked what a writer had made meanwhile. */
  private void interruptedByAWriter(File bucket) throws Exception {
    File[] versions = bucket.listFiles();
    Arrays.sort(versions);
    File newest = versions[versions.length - 1];
    long number = Long.parseLong(newest.getName(), 16);
    Version base = Objects.requireNonNull(VersionFile.read(newest, number, "lines/0"));
    for (File version : versions) {
      assertThat(version.delete()).isTrue();
    }
    Version next = base.next(1, base.content(), false);
    Files.write(
        bucket.toPath().resolve(RecordDirectory.fileName(next.number())),
        VersionFile.encode(next, "lines/0"));
  }

  private File bucket() {
    return store.resolve("lines/0").toFile();
  }

  private void moveAway(File record) {
    File away = store.resolve(".away").toFile();
    assertThat(record.renameTo(away)).isTrue();
    Trees.delete(away);
  }
}
