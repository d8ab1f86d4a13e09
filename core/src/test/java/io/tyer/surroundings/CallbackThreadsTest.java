package io.tyer.surroundings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class CallbackThreadsTest {

  private static final int PROCESSORS = 2;

  private final AtomicInteger made = new AtomicInteger();
  private final Queue<Throwable> uncaught = new ConcurrentLinkedQueue<>();
  private final Timer timer = new Timer(System::nanoTime, this::thread);
  private final CallbackThreads callbacks =
      new CallbackThreads(
          task -> {
            made.incrementAndGet();
            return thread(task);
          },
          timer::schedule,
          PROCESSORS);

  private Thread thread(Runnable task) {
    Thread thread = new Thread(task);
    thread.setDaemon(true);
    thread.setUncaughtExceptionHandler((where, thrown) -> uncaught.add(thrown));
    return thread;
  }

  @AfterEach
  void end() {
    timer.close();
    callbacks.close();
  }

  @Test
  void aThirdThreadIsCalledOnlyWhenNothingIsTakenForAMoment() throws Exception {
    Looks looks = new Looks();
    CallbackThreads watched = looks.over();
    Semaphore taken = new Semaphore(0);
    Semaphore first = new Semaphore(0);
    Semaphore others = new Semaphore(0);
    watched.execute(() -> held(taken, first));
    taken.acquire();
    watched.execute(() -> held(taken, others));
    looks.next();
    taken.acquire();
    assertThat(made).as("one blocks, one waits").hasValue(2);
    looks.end();

    watched.execute(() -> held(taken, others));
    watched.execute(() -> held(taken, others));
    first.release();
    taken.acquire();
    looks.next();
    assertThat(made).as("one waits, but another was taken").hasValue(2);
    looks.next();
    taken.acquire();
    assertThat(made).as("one waits, and none was taken").hasValue(3);
    others.release(3);
    watched.close();
  }

  private static void held(Semaphore taken, Semaphore until) {
    taken.release();
    until.acquireUninterruptibly();
  }

  @Test
  void noThreadIsCalledWhileOneIsOnItsWay() throws Exception {
    Looks looks = new Looks();
    Semaphore runs = new Semaphore(0);
    CallbackThreads starved =
        new CallbackThreads(
            work -> {
              made.incrementAndGet();
              return thread(
                  () -> {
                    runs.acquireUninterruptibly();
                    work.run();
                  });
            },
            looks,
            PROCESSORS);
    CountDownLatch done = new CountDownLatch(2);
    starved.execute(done::countDown);
    starved.execute(done::countDown);
    for (int i = 0; i < 10; i++) {
      looks.next();
    }
    assertThat(made).hasValue(1);
    runs.release();
    done.await();
    starved.close();
  }

  /** Neither may be left behind the other, where both find that nobody is awake. */
  @Test
  void twoThatComeAtOnceMayWaitForEachOther() throws Exception {
    twoComeAtOnce(300);
  }

  @Test
  @Tag("full")
  void twoThatComeAtOnceMayWaitForEachOtherEachTime() throws Exception {
    twoComeAtOnce(3_000);
  }

  private void twoComeAtOnce(int rounds) throws Exception {
    CallbackThreads[] fresh = new CallbackThreads[rounds];
    Arrays.setAll(fresh, i -> new CallbackThreads(this::thread, timer::schedule, PROCESSORS));
    AtomicInteger[] come = new AtomicInteger[rounds];
    Arrays.setAll(come, i -> new AtomicInteger());
    CyclicBarrier together = new CyclicBarrier(2);
    Semaphore met = new Semaphore(0);
    Runnable user =
        () -> {
          for (int i = 0; i < rounds; i++) {
            come[i].incrementAndGet();
            while (come[i].get() < 2) {
              Thread.onSpinWait();
            }
            fresh[i].execute(
                () -> {
                  awaitOthers(together);
                  met.release();
                });
            awaitOne(met, i);
            fresh[i].close();
          }
        };
    Thread other = thread(user);
    other.start();
    user.run();
    other.join();
    assertThat(uncaught).isEmpty();
  }

  @Test
  void oneThreadDoesThemInOrder() throws Exception {
    List<Integer> order = new ArrayList<>();
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(10);
    callbacks.execute(begun::countDown);
    begun.await();
    for (int i = 0; i < 10; i++) {
      int number = i;
      callbacks.execute(
          () -> {
            synchronized (order) {
              order.add(number);
            }
            done.countDown();
          });
    }
    done.await();
    synchronized (order) {
      assertThat(order).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    }
  }

  @Test
  void anyNumberOfThemMayWaitForEachOther() throws Exception {
    CyclicBarrier together = new CyclicBarrier(50);
    CountDownLatch done = new CountDownLatch(50);
    for (int i = 0; i < 50; i++) {
      callbacks.execute(
          () -> {
            awaitOthers(together);
            done.countDown();
          });
    }
    done.await();
    assertThat(callbacks.count()).isBetween(1, 50);
  }

  private static void awaitOne(Semaphore met, int round) {
    try {
      assertThat(met.tryAcquire(60, TimeUnit.SECONDS)).as("met in round %s", round).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void awaitOthers(CyclicBarrier together) {
    try {
      int unused = together.await();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void oneThatTakesLongHoldsUpOthersForAMomentOnly() throws Exception {
    Semaphore release = new Semaphore(0);
    callbacks.execute(release::acquireUninterruptibly);
    CompletableFuture<Void> other = new CompletableFuture<>();
    callbacks.execute(() -> other.complete(null));
    other.get(60, TimeUnit.SECONDS);
    release.release();
  }

  @Test
  void nobodyIsForgottenWhileThreadsGoToSleep() throws Exception {
    int each = 30_000;
    List<Thread> users = new ArrayList<>();
    AtomicInteger answered = new AtomicInteger();
    for (int i = 0; i < 3; i++) {
      Thread user =
          thread(
              () -> {
                for (int n = 0; n < each; n++) {
                  CompletableFuture<Void> one = new CompletableFuture<>();
                  callbacks.execute(() -> one.complete(null));
                  one.join();
                }
                answered.addAndGet(each);
              });
      user.start();
      users.add(user);
    }
    for (Thread user : users) {
      user.join();
    }
    assertThat(answered).hasValue(3 * each);
  }

  @Test
  void oneThatThrowsHindersNobodyAndItsThreadsHandlerIsTold() throws Exception {
    CompletableFuture<Void> after = new CompletableFuture<>();
    callbacks.execute(
        () -> {
          callbacks.execute(() -> after.complete(null));
          throw new IllegalStateException("thrown by a callback");
        });
    after.get(10, TimeUnit.SECONDS);
    while (uncaught.isEmpty()) {
      Thread.onSpinWait();
    }
    assertThat(uncaught).singleElement().asString().contains("thrown by a callback");
  }

  @Test
  void anInterruptThatIsLeftBehindIsNotTheNextOnes() throws Exception {
    CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
    callbacks.execute(
        () -> {
          Thread.currentThread().interrupt();
          callbacks.execute(() -> interrupted.complete(Thread.currentThread().isInterrupted()));
        });
    assertThat(interrupted.get(10, TimeUnit.SECONDS)).isFalse();
  }

  @Test
  void whatComesAfterClosingAndWhatWaitedIsDoneAllTheSame() throws Exception {
    Semaphore release = new Semaphore(0);
    Set<Integer> done = ConcurrentHashMap.newKeySet();
    CountDownLatch blocked = new CountDownLatch(1);
    callbacks.execute(
        () -> {
          blocked.countDown();
          release.acquireUninterruptibly();
        });
    blocked.await();
    timer.close();
    CountDownLatch both = new CountDownLatch(2);
    for (int i = 0; i < 2; i++) {
      int number = i;
      callbacks.execute(
          () -> {
            done.add(number);
            both.countDown();
          });
      if (i == 0) {
        callbacks.close();
      }
    }
    assertThat(both.await(60, TimeUnit.SECONDS)).isTrue();
    release.release();
    while (callbacks.count() > 0) {
      Thread.onSpinWait();
    }
  }

  /** The moment's end comes when the test says so. */
  private final class Looks implements CallbackThreads.Delayer {

    private final Queue<Runnable> due = new ConcurrentLinkedQueue<>();

    CallbackThreads over() {
      return new CallbackThreads(
          task -> {
            made.incrementAndGet();
            return thread(task);
          },
          this,
          PROCESSORS);
    }

    @Override
    public Object after(long nanos, Runnable task) {
      assertThat(nanos).isEqualTo(CallbackThreads.MOMENT_NANOS);
      assertThat(due.add(task)).isTrue();
      assertThat(due).as("looks at a time").hasSize(1);
      return task;
    }

    /** A moment has passed since the last task that waited. */
    void next() {
      due.remove().run();
    }

    /** Nothing waits any more. */
    void end() {
      while (!due.isEmpty()) {
        next();
      }
    }
  }
}
