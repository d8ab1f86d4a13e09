package io.tyer.surroundings;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.Await;
import io.tyer.spi.Cancellable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class TimerTest {

  private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long MS_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final AtomicInteger threads = new AtomicInteger();
  private final Timer timer =
      new Timer(
          System::nanoTime,
          task -> {
            threads.incrementAndGet();
            Thread thread = new Thread(task, "timer-under-test");
            thread.setDaemon(true);
            return thread;
          });

  @AfterEach
  void end() {
    timer.close();
  }

  @Test
  void tasksRunInTheOrderOfTheirTimesAndNeverEarly() throws Exception {
    List<Integer> ran = Collections.synchronizedList(new ArrayList<>());
    List<Long> early = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch all = new CountDownLatch(40);
    for (int i = 0; i < 40; i++) {
      int after = 100 + (i * 17) % 40 * 5;
      long due = System.nanoTime() + after * MS_NANOS;
      timer.schedule(
          after * MS_NANOS,
          () -> {
            if (System.nanoTime() - due < 0) {
              early.add(due);
            }
            ran.add(after);
            all.countDown();
          });
    }
    all.await();
    assertThat(ran).hasSize(40).isSorted();
    assertThat(early).isEmpty();
    assertThat(threads).hasValue(1);
  }

  @Test
  void tasksOfTheSameTimeRunInTheOrderTheyCame() throws Exception {
    List<Integer> ran = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch all = new CountDownLatch(20);
    for (int i = 0; i < 20; i++) {
      int which = i;
      timer.schedule(
          0,
          () -> {
            ran.add(which);
            all.countDown();
          });
    }
    all.await();
    assertThat(ran).hasSize(20).isSorted();
  }

  @Test
  void anEarlierTaskWakesTheThreadThatSleepsForALaterOne() throws Exception {
    timer.schedule(1000 * SECOND_NANOS, () -> {});
    awaitSleep();
    CountDownLatch ran = new CountDownLatch(1);
    timer.schedule(20 * MS_NANOS, ran::countDown);
    assertThat(ran.await(60, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aTaskThatIsNeverDueLeavesTheOthersAlone() throws Exception {
    timer.schedule(Long.MAX_VALUE, () -> {});
    CountDownLatch ran = new CountDownLatch(2);
    timer.schedule(-5, ran::countDown);
    timer.schedule(MS_NANOS, ran::countDown);
    assertThat(ran.await(60, TimeUnit.SECONDS)).isTrue();
    assertThat(timer.state().waiting()).isEqualTo(1);
  }

  @Test
  void whatIsCancelledDoesNotRunAndIsForgotten() throws Exception {
    CountDownLatch later = new CountDownLatch(1);
    AtomicInteger ran = new AtomicInteger();
    Cancellable cancelled = timer.schedule(50 * MS_NANOS, ran::incrementAndGet);
    timer.schedule(150 * MS_NANOS, later::countDown);
    cancelled.cancel();
    cancelled.cancel();
    assertThat(timer.state().waiting()).isEqualTo(1);
    later.await();
    assertThat(ran).hasValue(0);
  }

  @Test
  void timeOutsThatAreCancelledWakeNobody() throws Exception {
    timer.schedule(100 * SECOND_NANOS, () -> {});
    awaitSleep();
    timer.schedule(60 * SECOND_NANOS, () -> {}).cancel();
    awaitSleep();
    long before = timer.state().wakeUps();
    for (int i = 0; i < 10_000; i++) {
      timer.schedule(60 * SECOND_NANOS, () -> {}).cancel();
    }
    assertThat(timer.state().wakeUps() - before).isLessThanOrEqualTo(1);
  }

  @Test
  void aTaskThatFailsStopsNoOther() throws Exception {
    CountDownLatch ran = new CountDownLatch(1);
    timer.schedule(
        0,
        () -> {
          throw new IllegalStateException("on purpose");
        });
    timer.schedule(MS_NANOS, ran::countDown);
    assertThat(ran.await(60, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aClosedTimerRunsNothingAndItsThreadEnds() throws Exception {
    AtomicInteger ran = new AtomicInteger();
    CountDownLatch begun = new CountDownLatch(1);
    Thread[] thread = new Thread[1];
    timer.schedule(
        0,
        () -> {
          thread[0] = Thread.currentThread();
          begun.countDown();
        });
    begun.await();
    timer.schedule(20 * MS_NANOS, ran::incrementAndGet);
    timer.close();
    timer.schedule(0, ran::incrementAndGet).cancel();
    thread[0].join(10_000);
    assertThat(thread[0].isAlive()).isFalse();
    assertThat(ran).hasValue(0);
    assertThat(timer.state().waiting()).isZero();
  }

  /** Until the thread has seen whatever was scheduled, and sleeps. */
  private void awaitSleep() throws Exception {
    CountDownLatch ran = new CountDownLatch(1);
    timer.schedule(0, ran::countDown);
    ran.await();
    Await.until("asleep", () -> timer.state().sleeping());
  }
}
