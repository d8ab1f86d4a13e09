package io.tyer.example.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tyer.Lease;
import io.tyer.Tyer;
import io.tyer.TyerClosedException;
import io.tyer.example.cache.SharedValue.Loader;
import io.tyer.example.cache.SharedValue.Reading;
import io.tyer.example.cache.SharedValue.Source;
import io.tyer.fence.StaleTokenException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Readers of several clients in this process. */
@Timeout(180)
class SharedValueTest {

  private static final Duration LIFETIME = Duration.ofSeconds(60);
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final String NAME = "value";

  @TempDir private Path directory;

  private final String store = "memory:" + UUID.randomUUID();
  private final Tyer one = Tyer.open(store);
  private final Tyer other = Tyer.open(store);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicLong nowMillis = new AtomicLong(1_000_000);
  private final AtomicInteger computed = new AtomicInteger();

  @AfterEach
  void close() {
    threads.shutdownNow();
    one.close();
    other.close();
  }

  private ValueFile file() {
    return new ValueFile(directory.resolve(NAME));
  }

  private SharedValue value(Tyer tyer, Duration patience, Loader loader) {
    return new SharedValue(tyer.lock(NAME), file(), LIFETIME, patience, this::now, loader);
  }

  private SharedValue counted(Tyer tyer) {
    return value(tyer, LONG, () -> "value " + computed.incrementAndGet());
  }

  private Instant now() {
    return Instant.ofEpochMilli(nowMillis.get());
  }

  private void expire() {
    nowMillis.addAndGet(LIFETIME.toMillis());
  }

  private static Reading result(Future<Reading> future) throws Exception {
    return future.get(60, TimeUnit.SECONDS);
  }

  /** Holds the computation up until it may go on. */
  private static final class Gate implements Loader {
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch open = new CountDownLatch(1);

    @Override
    public String load() throws InterruptedException {
      reached.countDown();
      assertThat(open.await(60, TimeUnit.SECONDS)).isTrue();
      return "from the gate";
    }

    void awaitReached() throws InterruptedException {
      assertThat(reached.await(60, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void isComputedOnceHoweverManyReadAtOnce() throws Exception {
    for (int round = 1; round <= 5; round++) {
      int readers = 24;
      CountDownLatch start = new CountDownLatch(readers);
      List<Future<Reading>> all = new ArrayList<>();
      for (int i = 0; i < readers; i++) {
        SharedValue value = counted(i % 2 == 0 ? one : other);
        all.add(
            threads.submit(
                () -> {
                  start.countDown();
                  start.await();
                  return value.get();
                }));
      }
      for (Future<Reading> each : all) {
        assertThat(result(each).value()).isIn("value " + round, "value " + (round - 1));
      }
      assertThat(computed).hasValue(round);
      assertThat(counted(one).get()).isEqualTo(new Reading("value " + round, Source.STORED));
      expire();
    }
    assertThat(one.operator().locks("")).isEmpty();
  }

  @Test
  void nobodyWaitsWhereAnOldOneCanBeServed() throws Exception {
    assertThat(counted(one).get().source()).isEqualTo(Source.COMPUTED);
    expire();
    Gate gate = new Gate();
    Future<Reading> refresher = threads.submit(() -> value(one, LONG, gate).get());
    gate.awaitReached();
    // These would wait for the gate, which opens after them.
    Reading old = new Reading("value 1", Source.EXPIRED);
    for (Tyer tyer : List.of(one, other, one, other)) {
      assertThat(counted(tyer).get()).isEqualTo(old);
    }
    gate.open.countDown();
    assertThat(result(refresher)).isEqualTo(new Reading("from the gate", Source.COMPUTED));
    assertThat(counted(other).get()).isEqualTo(new Reading("from the gate", Source.STORED));
    assertThat(computed).hasValue(1);
  }

  @Test
  void whereThereIsNoneOthersWaitForTheOneWhoComputes() throws Exception {
    Gate gate = new Gate();
    Future<Reading> first = threads.submit(() -> value(one, LONG, gate).get());
    gate.awaitReached();
    Future<Reading> second = threads.submit(() -> counted(other).get());
    while (other.operator().locks(NAME).stream().noneMatch(lock -> lock.line().size() > 1)) {
      Thread.onSpinWait();
    }
    assertThat(second).isNotDone();
    assertThatThrownBy(() -> value(other, Duration.ofMillis(50), () -> "never").get())
        .isInstanceOf(TimeoutException.class)
        .hasMessageContaining("nobody has computed it");
    gate.open.countDown();
    assertThat(result(first).source()).isEqualTo(Source.COMPUTED);
    assertThat(result(second)).isEqualTo(new Reading("from the gate", Source.STORED));
    assertThat(computed).hasValue(0);
  }

  @Test
  void aRefresherWhoseClientIsClosedIsReplacedAndWhatItStoresIsRefused() throws Exception {
    Gate gate = new Gate();
    Future<Reading> refresher = threads.submit(() -> value(one, LONG, gate).get());
    gate.awaitReached();
    Future<Reading> next = threads.submit(() -> counted(other).get());
    one.close();
    assertThat(result(next)).isEqualTo(new Reading("value 1", Source.COMPUTED));
    gate.open.countDown();
    assertThat(result(refresher).source()).isEqualTo(Source.TOO_LATE);
    assertThat(counted(other).get()).isEqualTo(new Reading("value 1", Source.STORED));
  }

  @Test
  void aLateOneThatStillBelievesInItsLeaseIsRefusedByTheFence() throws Exception {
    // Of another store, which knows nothing of the first one: two hold the lock at once.
    try (Tyer stranger = Tyer.open("memory:" + UUID.randomUUID())) {
      Gate gate = new Gate();
      Future<Reading> late = threads.submit(() -> value(one, LONG, gate).get());
      gate.awaitReached();
      nowMillis.addAndGet(1_000);
      overtake(one, stranger);
      assertThat(counted(stranger).get()).isEqualTo(new Reading("value 1", Source.COMPUTED));
      gate.open.countDown();
      assertThat(result(late)).isEqualTo(new Reading("value 1", Source.TOO_LATE));
      assertThat(counted(other).get()).isEqualTo(new Reading("value 1", Source.STORED));
    }
  }

  /** Uses the stranger's lock until its tokens are larger, as one store's would be at once. */
  private static void overtake(Tyer holder, Tyer stranger) throws InterruptedException {
    long number = holder.operator().locks(NAME).get(0).line().get(0).number();
    long reached = 0;
    while (reached <= number) {
      try (Lease lease = stranger.lock(NAME).acquire()) {
        reached = lease.token() >> 12;
      }
    }
  }

  @Test
  void whatTookLongIsAsOldAsItsBeginning() throws Exception {
    Gate gate = new Gate();
    Future<Reading> refresher = threads.submit(() -> value(one, LONG, gate).get());
    gate.awaitReached();
    expire();
    gate.open.countDown();
    assertThat(result(refresher).source()).isEqualTo(Source.COMPUTED);
    assertThat(counted(other).get()).isEqualTo(new Reading("value 1", Source.COMPUTED));
  }

  @Test
  void whoCannotComputeServesTheOldOneOrSaysSo() throws Exception {
    Loader fails =
        () -> {
          throw new IOException("no answer");
        };
    assertThatThrownBy(() -> value(one, LONG, fails).get()).hasMessage("no answer");
    assertThat(counted(other).get().source()).isEqualTo(Source.COMPUTED);
    expire();
    assertThat(value(one, LONG, fails).get()).isEqualTo(new Reading("value 1", Source.EXPIRED));
    assertThat(counted(other).get()).isEqualTo(new Reading("value 2", Source.COMPUTED));
  }

  @Test
  void aClosedClientIsNotTakenForABusyLock() throws Exception {
    one.close();
    assertThatThrownBy(() -> counted(one).get()).isInstanceOf(TyerClosedException.class);
  }

  @Test
  void theFileRefusesOlderTokensAndGarbage() throws Exception {
    Entry newer = new Entry(now(), "newer\nof two lines");
    try (Lease lease = one.lock(NAME).acquire()) {
      file().write(lease.token() + 1, newer);
      assertThatThrownBy(() -> file().write(lease.token(), new Entry(now(), "older")))
          .isInstanceOf(StaleTokenException.class);
    }
    assertThat(file().read()).contains(newer);
    Files.writeString(directory.resolve(NAME), "garbage");
    assertThatThrownBy(() -> file().read())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("does not begin with a line of milliseconds");
  }

  @Test
  void anInterruptEndsTheWait() throws Exception {
    Gate gate = new Gate();
    Future<Reading> refresher = threads.submit(() -> value(one, LONG, gate).get());
    gate.awaitReached();
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> counted(other).get()).isInstanceOf(InterruptedException.class);
    gate.open.countDown();
    assertThat(result(refresher).source()).isEqualTo(Source.COMPUTED);
  }
}
