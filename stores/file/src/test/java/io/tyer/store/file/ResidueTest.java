package io.tyer.store.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.Lease;
import io.tyer.Tyer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names that are used once and never again (promise L3). */
@Tag("full")
class ResidueTest {

  private static final int NAMES = Integer.getInteger("tyer.names", 100_000);
  private static final int THREADS = 2;

  /** A version carries the nonces of those before it, up to a number; its line is empty. */
  private static final int MOST_BYTES_OF_A_VERSION = 3_000;

  @TempDir Path store;

  @Test
  void namesUsedOnceLeaveNothing() throws Exception {
    int buckets = StoreDirectory.DEFAULT_BUCKETS;
    try (Tyer tyer = Clients.open(store, Clients.LONG)) {
      int unused = Footprint.of(store).files();
      use(tyer, 0, NAMES / 2);
      Footprint half = Footprint.of(store);
      use(tyer, NAMES / 2, NAMES);
      Footprint all = Footprint.of(store);
      System.out.printf("%d names used once: %s, then %s%n", NAMES, half, all);
      // Of each bucket its directory, its versions and the drafts they were written in.
      int most = buckets * (1 + 2 * Pruning.KEPT) + 100;
      assertThat(all.files() - unused).isLessThan(most);
      assertThat(all.files() - half.files()).as("grown by the second half").isLessThan(100);
      assertThat(all.fileBytes()).isLessThan((long) most * MOST_BYTES_OF_A_VERSION);
      assertThat(all.heapBytes() - half.heapBytes()).isLessThan(4 << 20);
      assertThat(tyer.operator().locks("")).isEmpty();
    }
    Clients.assertNothingLeft(store);
    Footprint closed = Footprint.of(store);
    assertThat(closed.files()).isLessThan(buckets * (1 + Pruning.KEPT) + 50);
  }

  private static void use(Tyer tyer, int from, int to) throws Exception {
    List<CompletableFuture<Void>> running = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      int first = from + i;
      running.add(
          CompletableFuture.runAsync(
              () -> {
                for (int n = first; n < to; n += THREADS) {
                  try (Lease lease = tyer.lock("used-once-" + n).acquireUninterruptibly()) {
                    assertThat(lease.isValid()).isTrue();
                  }
                }
              }));
    }
    for (CompletableFuture<Void> each : running) {
      each.get();
    }
  }
}
