package io.tyer.store.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.Lease;
import io.tyer.Tyer;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cycles of acquiring and giving back, by one client and by clients that come and go. */
@Tag("full")
class GrowthTest {

  private static final int CYCLES = Integer.getInteger("tyer.cycles", 20_000);
  private static final int CLIENTS = Math.min(2_000, CYCLES / 100);
  private static final int WARM_UP = 2_000;

  @TempDir Path store;

  @Test
  void cyclesLetNothingGrow() throws Exception {
    try (Tyer tyer = Clients.open(store, Clients.LONG)) {
      long token = cycle(tyer, WARM_UP, 0);
      Footprint before = Footprint.of(store);
      long start = System.nanoTime();
      token = cycle(tyer, CYCLES, token);
      long took = Await.since(start);
      Footprint after = Footprint.of(store);
      System.out.printf(
          "%d cycles in %d ms, token %d: %s, then %s%n",
          CYCLES, took / 1_000_000, token, before, after);
      assertNotGrown(before, after);
    }
    Clients.assertNothingLeft(store);
  }

  @Test
  void clientsThatComeAndGoLetNothingGrow() throws Exception {
    long token = comeAndGo(50, 0);
    Footprint before = Footprint.of(store);
    assertThat(comeAndGo(CLIENTS, token)).isGreaterThan(token);
    Footprint after = Footprint.of(store);
    System.out.printf("%d clients: %s, then %s%n", CLIENTS, before, after);
    assertNotGrown(before, after);
    Clients.assertNothingLeft(store);
  }

  private static long cycle(Tyer tyer, int cycles, long token) throws InterruptedException {
    long last = token;
    for (int i = 0; i < cycles; i++) {
      try (Lease lease = tyer.lock("a").acquire()) {
        if (lease.token() <= last) {
          throw new AssertionError("token " + lease.token() + " after " + last);
        }
        last = lease.token();
      }
    }
    return last;
  }

  private long comeAndGo(int clients, long token) throws InterruptedException {
    long last = token;
    for (int i = 0; i < clients; i++) {
      try (Tyer tyer = Clients.open(store, Clients.LONG)) {
        last = cycle(tyer, 1, last);
      }
    }
    return last;
  }

  private static void assertNotGrown(Footprint before, Footprint after) {
    assertThat(after.heapBytes() - before.heapBytes()).as("heap").isLessThan(2 << 20);
    assertThat(after.descriptors()).as("descriptors").isLessThanOrEqualTo(before.descriptors() + 2);
    assertThat(after.watches()).as("watches").isLessThanOrEqualTo(before.watches());
    assertThat(after.threads()).as("threads").isLessThanOrEqualTo(before.threads() + 2);
    assertThat(after.files()).as("files").isLessThanOrEqualTo(before.files() + 10);
    assertThat(after.fileBytes()).as("bytes").isLessThan(before.fileBytes() + 50_000);
  }
}
