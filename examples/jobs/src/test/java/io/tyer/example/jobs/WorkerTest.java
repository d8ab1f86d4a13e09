package io.tyer.example.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.Lease;
import io.tyer.Tyer;
import io.tyer.example.frame.HostedDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Workers of two clients in this process. */
@Timeout(180)
class WorkerTest {

  private static final String MAIL = "mail";
  private static final String REPORT = "report";

  private final HostedDatabase hosted = HostedDatabase.start();
  private final JobTable table = JobTable.create(hosted);
  private final String store = "memory:" + UUID.randomUUID();
  private final Tyer one = Tyer.open(store);
  private final Tyer other = Tyer.open(store);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private long added;

  WorkerTest() throws SQLException {}

  @AfterEach
  void close() {
    threads.shutdownNow();
    one.close();
    other.close();
    hosted.close();
  }

  private Worker worker(String name, Tyer tyer, int atOnce, Worker.Handler handler) {
    return new Worker(
        name, tyer, table, List.of(MAIL, REPORT), atOnce, Duration.ofSeconds(20), handler);
  }

  private Worker quick(Tyer tyer) {
    return worker("quick", tyer, 2, (job, configuration) -> configuration.sender());
  }

  private void add(String kind, int count) throws SQLException {
    for (int i = 0; i < count; i++) {
      added++;
      table.add(new Job(added, kind, "text"));
    }
  }

  private void assertEachIsDoneOnce() throws SQLException {
    assertThat(table.open()).isZero();
    assertThat(table.results()).containsExactly(added, added);
  }

  private static <T> T result(Future<T> future)
      throws InterruptedException, ExecutionException, TimeoutException {
    return future.get(60, TimeUnit.SECONDS);
  }

  @Test
  void manyDoEachJobOnceAndNeverMoreThanTwoOfAKindAtATime() throws Exception {
    add(MAIL, 15);
    add(REPORT, 15);
    Map<String, AtomicInteger> running =
        Map.of(MAIL, new AtomicInteger(), REPORT, new AtomicInteger());
    AtomicInteger tooMany = new AtomicInteger();
    AtomicInteger handled = new AtomicInteger();
    Worker.Handler handler =
        (job, configuration) -> {
          AtomicInteger ofKind = running.getOrDefault(job.kind(), new AtomicInteger(100));
          if (ofKind.incrementAndGet() > 2) {
            tooMany.incrementAndGet();
          }
          LockSupport.parkNanos(1_000_000); // so that some run at the same time
          ofKind.decrementAndGet();
          handled.incrementAndGet();
          return "done";
        };
    CountDownLatch stop = new CountDownLatch(1);
    List<Future<?>> all = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      Worker worker = worker("w" + i, i % 2 == 0 ? one : other, 2, handler);
      all.add(
          threads.submit(
              () -> {
                worker.workUntil(stop);
                return null;
              }));
    }
    while (table.open() > 0) {
      Thread.onSpinWait();
    }
    stop.countDown();
    for (Future<?> each : all) {
      assertThat(result(each)).isNull();
    }
    assertEachIsDoneOnce();
    assertThat(handled).hasValue(30);
    assertThat(tooMany).hasValue(0);
    assertThat(one.operator().locks("")).isEmpty();
  }

  @Test
  void workSpreadsOverThoseWhoHaveTimeForIt() throws Exception {
    add(MAIL, 12);
    // Jobs that take as long as each other: three begin and end together.
    CyclicBarrier together = new CyclicBarrier(3);
    Worker.Handler handler =
        (job, configuration) -> {
          try {
            return "done with " + together.await(30, TimeUnit.SECONDS);
          } catch (BrokenBarrierException | TimeoutException e) {
            throw new IllegalStateException(e);
          }
        };
    List<Future<Void>> all = new ArrayList<>();
    for (String name : List.of("a", "b", "c")) {
      Worker worker = worker(name, name.equals("a") ? one : other, 3, handler);
      Callable<Void> work =
          () -> {
            // In vain where all that are open are under way.
            while (table.open() > 0 && (worker.workOnce() || table.open() > 0)) {
              Thread.onSpinWait();
            }
            return null;
          };
      all.add(threads.submit(work));
    }
    for (Future<Void> each : all) {
      assertThat(result(each)).isNull();
    }
    assertEachIsDoneOnce();
    assertThat(table.doneBy()).isEqualTo(Map.of("a", 4L, "b", 4L, "c", 4L));
  }

  @Test
  void aThirdOfAKindIsLeftForLater() throws Exception {
    add(MAIL, 3);
    Gate first = new Gate();
    Gate second = new Gate();
    Future<Boolean> one1 = threads.submit(() -> worker("1", one, 2, first).workOnce());
    Future<Boolean> other2 = threads.submit(() -> worker("2", other, 2, second).workOnce());
    first.awaitReached();
    second.awaitReached();
    assertThat(quick(one).workOnce()).isFalse();
    assertThat(quick(other).workOnce()).isFalse();
    add(REPORT, 1);
    assertThat(quick(other).workOnce()).isTrue();
    first.open();
    assertThat(result(one1)).isTrue();
    assertThat(quick(other).workOnce()).isTrue();
    second.open();
    assertThat(result(other2)).isTrue();
    assertEachIsDoneOnce();
  }

  @Test
  void aJobThatSomebodyHasIsLeftAlone() throws Exception {
    add(MAIL, 2);
    try (Lease lease = one.lock("job/1").acquire()) {
      assertThat(lease.isValid()).isTrue();
      assertThat(quick(other).workOnce()).isTrue();
      assertThat(quick(other).workOnce()).isFalse();
      assertThat(table.open(MAIL)).extracting(Job::id).containsExactly(1L);
    }
    assertThat(quick(other).workOnce()).isTrue();
  }

  @Test
  void aJobThatFailsIsStillToBeDone() throws Exception {
    add(MAIL, 1);
    Worker.Handler fails =
        (job, configuration) -> {
          throw new IllegalArgumentException("no such address");
        };
    assertThat(worker("fails", one, 2, fails).workOnce()).isFalse();
    assertThat(table.results()).containsExactly(0L, 0L);
    assertThat(quick(other).workOnce()).isTrue();
    assertEachIsDoneOnce();
  }

  @Test
  void whatWasDoneSinceTheListWasReadIsNotDoneAgain() throws Exception {
    add(MAIL, 2);
    AtomicInteger handled = new AtomicInteger();
    Worker.Handler overtaken =
        (job, configuration) -> {
          handled.incrementAndGet();
          try {
            assertThat(quick(other).workOnce()).isTrue(); // the next one in the list
          } catch (SQLException e) {
            throw new AssertionError(e);
          }
          throw new IllegalStateException("so that the next one is tried");
        };
    assertThat(worker("overtaken", one, 2, overtaken).workOnce()).isFalse();
    assertThat(handled).hasValue(1);
    assertThat(table.results()).containsExactly(1L, 1L);
  }

  @Test
  void theConfigurationIsChangedOnlyWhileNoJobRuns() throws Exception {
    add(MAIL, 2);
    Gate gate = new Gate();
    Future<Boolean> job = threads.submit(() -> worker("1", one, 2, gate).workOnce());
    gate.awaitReached();
    assertThat(Worker.configure(other, table, "new", Duration.ofMillis(50))).isFalse();
    assertThat(table.configuration().version()).isEqualTo(1);
    Future<Boolean> change =
        threads.submit(() -> Worker.configure(other, table, "new", Duration.ofSeconds(30)));
    assertThat(change).isNotDone();
    gate.open();
    assertThat(result(job)).isTrue();
    assertThat(result(change)).isTrue();
    assertThat(table.configuration()).isEqualTo(new Configuration(2, "new"));
    try (Lease writer = other.readWriteLock(Configuration.LOCK).writeLock().acquire()) {
      assertThat(writer.isValid()).isTrue();
      Worker hurried =
          new Worker(
              "hurried",
              one,
              table,
              List.of(MAIL),
              2,
              Duration.ofMillis(50),
              (some, configuration) -> "done");
      assertThat(hurried.workOnce()).isFalse();
    }
    assertThat(quick(one).workOnce()).isTrue();
    assertEachIsDoneOnce();
  }
}
