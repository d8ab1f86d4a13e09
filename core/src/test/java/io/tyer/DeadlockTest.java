package io.tyer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Threads of one process that wait for each other in a circle, and such that only seem to. */
@Timeout(180)
class DeadlockTest {

  private static final Duration LONG = Duration.ofMinutes(10);
  private static final Duration BRIEF = Duration.ofMillis(1500);

  private final MemoryClients clients = new MemoryClients();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final PrintStream before = System.err;
  private final ByteArrayOutputStream logged = new ByteArrayOutputStream();

  @BeforeEach
  void capture() {
    System.setErr(new PrintStream(logged, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void close() {
    System.setErr(before);
    threads.shutdownNow();
    clients.close();
  }

  private String log() {
    return logged.toString(StandardCharsets.UTF_8);
  }

  private interface Taking {
    /** Takes the first, meets the others, takes the second; says whether it got it. */
    boolean take(String first, String second, CyclicBarrier both) throws Exception;
  }

  /** Each of several threads takes one name and wants the next one's. */
  private List<Future<Boolean>> inACircle(int members, Taking taking) {
    CyclicBarrier all = new CyclicBarrier(members);
    List<Future<Boolean>> results = new ArrayList<>();
    for (int i = 0; i < members; i++) {
      String first = "lock-" + i;
      String second = "lock-" + (i + 1) % members;
      String name = "member-" + i;
      results.add(
          threads.submit(
              () -> {
                Thread.currentThread().setName(name);
                return taking.take(first, second, all);
              }));
    }
    return results;
  }

  private static List<DeadlockException> deadlocks(List<Future<Boolean>> results)
      throws InterruptedException {
    List<DeadlockException> found = new ArrayList<>();
    for (Future<Boolean> result : results) {
      try {
        assertThat(result.get()).as("the second was granted").isTrue();
      } catch (ExecutionException e) {
        assertThat(e).hasCauseInstanceOf(DeadlockException.class);
        found.add((DeadlockException) e.getCause());
      }
    }
    return found;
  }

  private static Taking nested(Tyer tyer) {
    return (first, second, both) ->
        tyer.lock(first)
            .withLease(
                outer -> {
                  both.await();
                  return tyer.lock(second).withLease(inner -> true);
                });
  }

  @Test
  void oneOfTwoIsEndedAndTheOtherGoesOn() throws Exception {
    Tyer tyer = clients.open();
    List<DeadlockException> found = deadlocks(inACircle(2, nested(tyer)));
    assertThat(found).hasSize(1);
    assertThat(found.get(0))
        .hasMessageContainingAll(
            "thread \"member-0\" has waited for the exclusive lock lock-1",
            "thread \"member-1\" has waited for the exclusive lock lock-0",
            "ms at io.tyer");
    assertThat(String.valueOf(found.get(0).getMessage()).split("DeadlockTest.lambda", -1))
        .as("where")
        .hasSize(3);
    assertThat(tyer.operator().locks("")).isEmpty();
  }

  @Test
  void oneOfSixIsEnded() throws Exception {
    Tyer tyer = clients.open();
    assertThat(deadlocks(inACircle(6, nested(tyer)))).hasSize(1);
  }

  @Test
  void javaViewsAreBoundToTheirThreads() throws Exception {
    Tyer tyer = clients.open("report-unclosed=true");
    Taking views =
        (first, second, both) -> {
          Lock outer = tyer.lock(first).asJavaLock();
          outer.lock();
          try {
            both.await();
            Lock inner = tyer.lock(second).asJavaLock();
            inner.lock();
            try {
              return true;
            } finally {
              inner.unlock();
            }
          } finally {
            outer.unlock();
          }
        };
    assertThat(deadlocks(inACircle(2, views))).hasSize(1);
  }

  @Test
  void theSecondMayBeWantedByAnyAcquire() throws Exception {
    Tyer tyer = clients.open("batons=0");
    Taking timed =
        (first, second, both) ->
            tyer.withLock(
                first,
                () -> {
                  both.await();
                  try (OptionalLease lease = tyer.lock(second).tryAcquire(LONG)) {
                    return lease.isPresent();
                  }
                });
    assertThat(deadlocks(inACircle(3, timed))).hasSize(1);
  }

  @Test
  void readersAndAWriterCloseACircleToo() throws Exception {
    Tyer tyer = clients.open();
    CyclicBarrier both = new CyclicBarrier(2);
    Callable<Boolean> reader =
        () ->
            tyer.readWriteLock("a")
                .readLock()
                .withLease(
                    read -> {
                      both.await();
                      return tyer.lock("b").withLease(lease -> true);
                    });
    Callable<Boolean> writer =
        () ->
            tyer.lock("b")
                .withLease(
                    lease -> {
                      both.await();
                      return tyer.readWriteLock("a").writeLock().withLease(write -> true);
                    });
    assertThat(deadlocks(List.of(threads.submit(reader), threads.submit(writer)))).hasSize(1);
  }

  @Test
  void whoWaitsForItselfIsEnded() throws Exception {
    Tyer tyer = clients.open();
    tyer.withLock(
        "a",
        () -> {
          assertThatThrownBy(() -> tyer.lock("a").acquire()).isInstanceOf(DeadlockException.class);
          return null;
        });
    assertThat(tyer.operator().locks("")).isEmpty();
  }

  @Test
  void keptTicketsAreHeldByThoseWhoUseThem() throws Exception {
    Tyer tyer = clients.open("bias=true");
    for (int round = 0; round < 5; round++) {
      assertThat(deadlocks(inACircle(2, nested(tyer)))).as("round %d", round).hasSize(1);
    }
  }

  private static Taking plain(Tyer tyer) {
    return (first, second, both) -> {
      try (Lease outer = tyer.lock(first).acquire()) {
        both.await();
        try (OptionalLease inner = tyer.lock(second).tryAcquire(BRIEF)) {
          return outer.isValid() && inner.isEmpty();
        }
      }
    };
  }

  @Test
  void plainLeasesAreOnlyReportedSinceOthersMayCloseThem() throws Exception {
    Tyer tyer = clients.open();
    List<Future<Boolean>> results = inACircle(2, plain(tyer));
    Await.until("it is reported", () -> log().contains("another thread may close the lease"));
    assertThat(log()).contains("deadlock: thread \"member-").containsOnlyOnce("deadlock:");
    for (Future<Boolean> result : results) {
      result.cancel(true);
    }
  }

  @Test
  void whereThatIsAskedForAllIsOnlyReported() throws Exception {
    Tyer tyer = clients.open("deadlocks=report");
    List<Future<Boolean>> results = inACircle(2, nested(tyer));
    Await.until("it is reported", () -> log().contains("as the option deadlocks says"));
    assertThat(results).noneMatch(Future::isDone);
    results.forEach(result -> result.cancel(true));
  }

  @Test
  void whereNobodyLooksTheWaitsEndByThemselves() throws Exception {
    Tyer tyer = clients.open("deadlocks=off");
    Taking timed =
        (first, second, both) ->
            tyer.withLock(
                first,
                () -> {
                  both.await();
                  try (OptionalLease lease = tyer.lock(second).tryAcquire(BRIEF)) {
                    both.await();
                    return lease.isEmpty();
                  }
                });
    assertThat(deadlocks(inACircle(2, timed))).isEmpty();
    assertThat(log()).doesNotContain("deadlock");
  }

  @Test
  void whoWaitsForPermitsThatAnotherMayGiveBackIsInNoCircle() throws Exception {
    Tyer tyer = clients.open();
    DistributedSemaphore two = tyer.semaphore("two", 2);
    CyclicBarrier all = new CyclicBarrier(3);
    Set<Thread> waiters = ConcurrentHashMap.newKeySet();
    Callable<Boolean> other =
        () ->
            two.withLease(
                permit -> {
                  all.await();
                  Await.until(
                      "both others wait",
                      () -> waiters.size() == 2 && waiters.stream().allMatch(DeadlockTest::waits));
                  return true;
                });
    Callable<Boolean> wantsX =
        () ->
            two.withLease(
                permit -> {
                  all.await();
                  waiters.add(Thread.currentThread());
                  return tyer.withLock("x", () -> true);
                });
    Callable<Boolean> wantsPermit =
        () ->
            tyer.withLock(
                "x",
                () -> {
                  all.await();
                  waiters.add(Thread.currentThread());
                  return two.withLease(permit -> true);
                });
    List<Future<Boolean>> results =
        List.of(threads.submit(other), threads.submit(wantsX), threads.submit(wantsPermit));
    assertThat(deadlocks(results)).isEmpty();
  }

  private static boolean waits(Thread thread) {
    return String.valueOf(LockSupport.getBlocker(thread)).contains("BlockingWait");
  }

  /** All take in the same order, so that there never is a circle. */
  @Test
  void nobodyIsEndedWhereThereIsNoCircle() throws Exception {
    Tyer tyer = clients.open();
    assertThat(deadlocks(many(tyer, true, 400))).isEmpty();
  }

  /** Any order: all come to an end, by grants and deadlocks alone. */
  @Test
  void everyCircleIsFound() throws Exception {
    Tyer tyer = clients.open();
    AtomicInteger ended = new AtomicInteger();
    for (Future<Boolean> result : many(tyer, false, 150)) {
      try {
        assertThat(result.get()).isTrue();
      } catch (ExecutionException e) {
        assertThat(e).hasCauseInstanceOf(DeadlockException.class);
        ended.incrementAndGet();
      }
    }
    assertThat(ended).as("deadlocks").hasPositiveValue();
    assertThat(tyer.operator().locks("")).isEmpty();
  }

  /** Six threads that each take three of five locks, again and again, until one fails. */
  private List<Future<Boolean>> many(Tyer tyer, boolean inOrder, int rounds) {
    List<Future<Boolean>> results = new ArrayList<>();
    for (int thread = 0; thread < 6; thread++) {
      Random random = new Random(thread);
      results.add(
          threads.submit(
              () -> {
                for (int round = 0; round < rounds; round++) {
                  List<Integer> locks = random.ints(0, 5).distinct().limit(3).boxed().toList();
                  take(tyer, inOrder ? locks.stream().sorted().toList() : locks);
                }
                return true;
              }));
    }
    return results;
  }

  private static void take(Tyer tyer, List<Integer> locks) throws Exception {
    if (!locks.isEmpty()) {
      tyer.withLock(
          "many-" + locks.get(0),
          () -> {
            take(tyer, locks.subList(1, locks.size()));
            return null;
          });
    }
  }
}
