package io.tyer.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.tyer.spi.StoreException;
import io.tyer.spi.StoreException.Kind;
import io.tyer.store.record.RecordKey;
import io.tyer.store.record.Stamped;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class WriteGroupsTest {

  private static final long FOR_EVER = TimeUnit.HOURS.toNanos(1);

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<List<Long>> groups = new CopyOnWriteArrayList<>();
  private final List<Boolean> loose = new CopyOnWriteArrayList<>();
  private final Set<Long> alone = ConcurrentHashMap.newKeySet();
  private final CountDownLatch firstMayGo = new CountDownLatch(1);

  @AfterEach
  void end() throws Exception {
    firstMayGo.countDown();
    threads.shutdown();
    assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
  }

  private static RowUpdate update(long nonce) {
    return new RowUpdate(
        new RecordKey(RecordKey.Kind.LINES, "n" + nonce),
        new Stamped(1, 0, new byte[0]),
        nonce,
        new Row(0, ""));
  }

  private Set<Long> recorded(List<RowUpdate> updates, boolean loosely) {
    List<Long> nonces = updates.stream().map(RowUpdate::nonce).toList();
    groups.add(nonces);
    loose.add(loosely);
    return Set.copyOf(nonces);
  }

  /** Writes; by itself, number 0 waits until it may go. */
  private boolean write(WriteGroups writes, long nonce, boolean loosely) throws StoreException {
    return writes.write(
        update(nonce),
        loosely,
        () -> {
          if (nonce == 0) {
            awaitUninterruptibly(firstMayGo);
          }
          alone.add(nonce);
          return true;
        });
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private Future<Boolean> start(WriteGroups writes, long nonce, boolean loosely) throws Exception {
    int before = writes.gathered();
    boolean first = nonce == 0;
    Future<Boolean> begun = threads.submit(() -> write(writes, nonce, loosely));
    while (first ? writes.underWay() == 0 : writes.gathered() == before) {
      assertThat(begun.isDone()).isFalse();
      Thread.onSpinWait();
    }
    return begun;
  }

  @Test
  void whoMeetsNobodyGoesAlone() throws Exception {
    WriteGroups writes = new WriteGroups(this::recorded, FOR_EVER);
    assertThat(write(writes, 1, false)).isTrue();
    assertThat(write(writes, 2, true)).isTrue();
    assertThat(alone).containsExactlyInAnyOrder(1L, 2L);
    assertThat(groups).isEmpty();
  }

  @Test
  void thoseThatComeMeanwhileGoTogether() throws Exception {
    WriteGroups writes = new WriteGroups(this::recorded, FOR_EVER);
    Future<Boolean> first = start(writes, 0, false);
    List<Future<Boolean>> others = new ArrayList<>();
    for (int i = 1; i <= 5; i++) {
      others.add(start(writes, i, i > 1));
    }
    firstMayGo.countDown();
    assertThat(first.get()).isTrue();
    for (Future<Boolean> other : others) {
      assertThat(other.get()).isTrue();
    }
    assertThat(groups).containsExactly(List.of(1L, 2L, 3L, 4L, 5L));
    // One of them needs to be flushed.
    assertThat(loose).containsExactly(false);
    assertThat(alone).containsExactly(0L);
    assertThat(writes.underWay()).isZero();
  }

  @Test
  void whatWasNotWrittenWithTheOthersGoesAlone() throws Exception {
    WriteGroups writes =
        new WriteGroups(
            (updates, loosely) -> {
              Set<Long> written = new HashSet<>(recorded(updates, loosely));
              written.remove(2L);
              return written;
            },
            FOR_EVER);
    Future<Boolean> first = start(writes, 0, false);
    List<Future<Boolean>> others =
        List.of(start(writes, 1, true), start(writes, 2, true), start(writes, 3, true));
    firstMayGo.countDown();
    assertThat(first.get()).isTrue();
    for (Future<Boolean> other : others) {
      assertThat(other.get()).isTrue();
    }
    assertThat(alone).containsExactlyInAnyOrder(0L, 2L);
    assertThat(loose).containsExactly(true);
  }

  @Test
  void aFailureIsToldToEachAndARefusalToNone() throws Exception {
    for (Kind kind : List.of(Kind.UNREACHABLE, Kind.UNKNOWN)) {
      WriteGroups failing =
          new WriteGroups(
              (updates, loosely) -> {
                throw new StoreException(kind, "on purpose");
              },
              FOR_EVER);
      CountDownLatch go = new CountDownLatch(1);
      Future<Boolean> first = occupied(failing, go);
      List<Future<Boolean>> others = List.of(start(failing, 1, true), start(failing, 2, true));
      go.countDown();
      assertThat(first.get()).isTrue();
      for (Future<Boolean> other : others) {
        assertThatThrownBy(other::get)
            .cause()
            .asInstanceOf(type(StoreException.class))
            .returns(kind, StoreException::kind)
            .returns("on purpose", Throwable::getMessage);
      }
      assertThat(failing.underWay()).isZero();
    }
    assertThat(alone).isEmpty();
    WriteGroups refusing =
        new WriteGroups(
            (updates, loosely) -> {
              throw new StoreException(Kind.REFUSED, "one of them is too long");
            },
            FOR_EVER);
    Future<Boolean> first = start(refusing, 0, false);
    List<Future<Boolean>> others = List.of(start(refusing, 1, true), start(refusing, 2, true));
    firstMayGo.countDown();
    assertThat(first.get()).isTrue();
    for (Future<Boolean> other : others) {
      assertThat(other.get()).isTrue();
    }
    assertThat(alone).containsExactlyInAnyOrder(0L, 1L, 2L);
  }

  private Future<Boolean> occupied(WriteGroups writes, CountDownLatch until) throws Exception {
    Future<Boolean> first =
        threads.submit(
            () ->
                writes.write(
                    update(0),
                    false,
                    () -> {
                      awaitUninterruptibly(until);
                      return true;
                    }));
    while (writes.underWay() == 0) {
      Thread.onSpinWait();
    }
    return first;
  }

  @Test
  void whatFailsInsideLeavesNobodyWaiting() throws Exception {
    AtomicBoolean fails = new AtomicBoolean(true);
    WriteGroups writes =
        new WriteGroups(
            (updates, loosely) -> {
              if (fails.getAndSet(false)) {
                throw new IllegalStateException("on purpose");
              }
              return recorded(updates, loosely);
            },
            FOR_EVER);
    Future<Boolean> first = start(writes, 0, false);
    Future<Boolean> leads = start(writes, 1, false);
    Future<Boolean> led = start(writes, 2, false);
    firstMayGo.countDown();
    assertThat(first.get()).isTrue();
    assertThatThrownBy(leads::get)
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(IllegalStateException.class);
    assertThatThrownBy(led::get)
        .cause()
        .asInstanceOf(type(StoreException.class))
        .returns(Kind.UNKNOWN, StoreException::kind);
    assertThat(writes.underWay()).isZero();
    assertThat(write(writes, 3, false)).isTrue();
  }

  @Test
  void whatHangsHoldsOthersUpForAMomentOnly() throws Exception {
    WriteGroups writes = new WriteGroups(this::recorded, TimeUnit.MILLISECONDS.toNanos(300));
    Future<Boolean> hangs = start(writes, 0, false);
    List<Future<Boolean>> others = List.of(start(writes, 1, false), start(writes, 2, false));
    for (Future<Boolean> other : others) {
      assertThat(other.get()).isTrue();
    }
    assertThat(hangs.isDone()).isFalse();
    assertThat(writes.underWay()).isOne();
    firstMayGo.countDown();
    assertThat(hangs.get()).isTrue();
    assertThat(writes.underWay()).isZero();
  }

  @Test
  void interruptsAreIgnoredAndKept() throws Exception {
    WriteGroups writes = new WriteGroups(this::recorded, FOR_EVER);
    Future<Boolean> first = start(writes, 0, false);
    AtomicBoolean kept = new AtomicBoolean();
    Thread waits =
        new Thread(
            () -> {
              try {
                kept.set(write(writes, 1, false) && Thread.interrupted());
              } catch (StoreException e) {
                throw new AssertionError(e);
              }
            });
    waits.start();
    while (writes.gathered() == 0) {
      Thread.onSpinWait();
    }
    waits.interrupt();
    firstMayGo.countDown();
    assertThat(first.get()).isTrue();
    waits.join();
    assertThat(kept).isTrue();
  }

  @Test
  void eachIsWrittenOnceOrSaidNotToBe() throws Exception {
    long seed = Long.getLong("tyer.seed", System.nanoTime());
    Random random = new Random(seed);
    Set<Long> written = ConcurrentHashMap.newKeySet();
    AtomicInteger twice = new AtomicInteger();
    AtomicInteger together = new AtomicInteger();
    WriteGroups writes =
        new WriteGroups(
            (updates, loosely) -> {
              int choice;
              synchronized (random) {
                choice = random.nextInt(10);
              }
              if (choice == 0) {
                throw new StoreException(Kind.UNREACHABLE, "on purpose");
              }
              together.addAndGet(updates.size());
              // Some are not free.
              Set<Long> done =
                  updates.stream()
                      .map(RowUpdate::nonce)
                      .filter(nonce -> nonce % 7 != 0)
                      .collect(Collectors.toSet());
              done.forEach(nonce -> add(written, nonce, twice));
              return done;
            },
            TimeUnit.MICROSECONDS.toNanos(50));
    AtomicInteger nonces = new AtomicInteger();
    Callable<Set<Long>> player =
        () -> {
          Set<Long> told = new HashSet<>();
          for (int i = 0; i < 2_000; i++) {
            long nonce = nonces.incrementAndGet();
            try {
              if (writes.write(
                  update(nonce),
                  false,
                  () -> {
                    add(written, nonce, twice);
                    return true;
                  })) {
                told.add(nonce);
              }
            } catch (StoreException e) {
              assertThat(e).hasMessage("on purpose");
            }
          }
          return told;
        };
    List<Future<Set<Long>>> players = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      players.add(threads.submit(player));
    }
    Set<Long> told = new HashSet<>();
    for (Future<Set<Long>> one : players) {
      told.addAll(one.get());
    }
    assertThat(told).as("seed " + seed).isEqualTo(written);
    assertThat(twice).hasValue(0);
    assertThat(together.get()).as("written together").isPositive();
    assertThat(writes.underWay()).isZero();
    assertThat(writes.gathered()).isZero();
  }

  private static void add(Set<Long> written, Long nonce, AtomicInteger twice) {
    if (!written.add(nonce)) {
      twice.incrementAndGet();
    }
  }
}
