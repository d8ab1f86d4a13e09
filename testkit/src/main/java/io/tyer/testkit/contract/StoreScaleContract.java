package io.tyer.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.Lease;
import io.tyer.Tyer;
import io.tyer.testkit.host.Await;
import io.tyer.testkit.host.Patient;
import io.tyer.testkit.server.Contents;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many names, and many locks at once: what a store owes at a size that takes minutes to reach, and
 * so is run by itself. {@code -Dtyer.names} and {@code -Dtyer.held} say how many.
 */
@Tag("alone")
@Timeout(1800)
public abstract class StoreScaleContract implements StoreSource {

  private static final int NAMES = Integer.getInteger("tyer.names", 100_000);
  private static final int HELD = Integer.getInteger("tyer.held", 10_000);
  private static final int THREADS = 16;

  /** Within which whatever removes empty lines, the store's server or a client, has done so. */
  private static final Duration GONE_WITHIN = Duration.ofMinutes(12);

  private static final Duration TTL = Duration.ofSeconds(30);

  @TempDir Path scratch;

  private Tyer patient(Seat seat) {
    return Patient.open(seat.client().ttl(TTL));
  }

  /** Does it with each number, by many threads. */
  private static void each(int count, Numbered task) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Callable<Void>> parts = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        int first = thread;
        parts.add(
            () -> {
              for (int i = first; i < count; i += THREADS) {
                task.with(i);
              }
              return null;
            });
      }
      for (Future<Void> part : threads.invokeAll(parts)) {
        part.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** What is left once no line is: a server may remove those that are empty at its own pace. */
  private static Contents goneFrom(StoreUnderTest store, int lines) throws Exception {
    long start = System.nanoTime();
    Contents left = store.look();
    while (!left.tickets().isEmpty()) {
      assertThat(System.nanoTime() - start)
          .as("since the last of %s lines was used; %s are left", lines, left.tickets().size())
          .isLessThan(GONE_WITHIN.toNanos());
      Await.pause(Duration.ofSeconds(5));
      left = store.look();
    }
    return left;
  }

  private interface Numbered {
    void with(int number) throws Exception;
  }

  @Test
  void namesThatWereUsedOnceAreGoneSoon() throws Exception {
    try (StoreUnderTest store = storeUnderTest(scratch);
        Seat seat = store.seat()) {
      try (Tyer tyer = patient(seat)) {
        each(NAMES, i -> tyer.lock("once/" + i).acquire().close());
        Contents left = goneFrom(store, NAMES);
        assertThat(left.sessions()).isEqualTo(1);
        assertThat(left.litter()).isEmpty();
      }
      assertThat(store.look()).matches(Contents::isEmpty);
    }
  }

  @Test
  void manyLocksAreHeldByOneSessionAndStayHeld() throws Exception {
    try (StoreUnderTest store = storeUnderTest(scratch);
        Seat seat = store.seat()) {
      try (Tyer tyer = patient(seat)) {
        ConcurrentLinkedQueue<Lease> held = new ConcurrentLinkedQueue<>();
        each(HELD, i -> held.add(tyer.lock("held/" + i).acquire()));
        for (int round = 0; round < 3; round++) {
          Contents now = store.look();
          assertThat(now.sessions()).isEqualTo(1);
          assertThat(now.tickets()).hasSize(HELD).allSatisfy((name, n) -> assertThat(n).isOne());
          assertThat(held).allMatch(Lease::isValid);
          Await.pause(TTL);
        }
        assertThat(held).hasSize(HELD).allMatch(Lease::isValid);
      }
      assertThat(goneFrom(store, HELD)).matches(Contents::isEmpty);
    }
  }
}
