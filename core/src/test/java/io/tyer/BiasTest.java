package io.tyer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tickets that are kept after the last local release, until another client asks. */
@Timeout(180)
class BiasTest {

  private final MemoryClients clients = new MemoryClients();
  private final Map<String, Integer> calls = new ConcurrentHashMap<>();

  @AfterEach
  void close() {
    clients.close();
  }

  private final class Counting implements TyerListener {
    @Override
    public void storeCall(String operation, Duration took, boolean succeeded) {
      calls.merge(operation, 1, Integer::sum);
    }
  }

  private Tyer keeper() {
    return clients.opened(
        Tyer.builder(clients.uri() + "?bias=true").listener(new Counting()).open());
  }

  private int calls(String operation) {
    return calls.getOrDefault(operation, 0);
  }

  @Test
  void acquiringAgainMakesNoTrip() throws InterruptedException {
    Tyer keeper = keeper();
    long before = 0;
    for (int i = 0; i < 1000; i++) {
      try (Lease lease = keeper.lock("a").acquire()) {
        assertThat(lease.isValid()).isTrue();
        assertThat(lease.token()).isGreaterThan(before);
        before = lease.token();
      }
    }
    assertThat(calls("enter")).isEqualTo(1);
    assertThat(calls("leave")).isZero();
  }

  @Test
  void withoutTheOptionEveryAcquireAsks() throws InterruptedException {
    Tyer keeper = keeper();
    DistributedLock lock = keeper.lock("a").biased(false);
    lock.acquire().close();
    lock.acquire().close();
    assertThat(calls("enter")).isEqualTo(2);
    assertThat(clients.open().operator().locks("")).isEmpty();
  }

  @Test
  void oneLockMayBeBiasedAlone() throws InterruptedException {
    Tyer tyer = clients.open();
    tyer.lock("a").biased(true).acquire().close();
    tyer.lock("b").acquire().close();
    assertThat(clients.open().operator().locks("")).extracting(LockView::name).containsExactly("a");
  }

  @Test
  void anotherClientRecallsWhatIsKept() throws InterruptedException {
    Tyer keeper = keeper();
    Tyer other = clients.open();
    long token;
    try (Lease lease = keeper.lock("a").acquire()) {
      token = lease.token();
    }
    try (Lease theirs = other.lock("a").acquire()) {
      assertThat(theirs.token()).isGreaterThan(token);
      assertThat(keeper.lock("a").tryAcquire().asOptional()).isEmpty();
    }
    try (Lease again = keeper.lock("a").acquire()) {
      assertThat(again.isValid()).isTrue();
    }
  }

  @Test
  void aTryIsNotRefusedForWhatIsMerelyKept() throws InterruptedException {
    Tyer keeper = keeper();
    Tyer other = clients.open();
    keeper.lock("a").acquire().close();
    OptionalLease theirs = other.lock("a").tryAcquire();
    assertThat(theirs.asOptional()).isPresent();
    theirs.get().close();
  }

  @Test
  void aTryIsRefusedForWhatIsHeldAndLeavesNoTicket() throws InterruptedException {
    Tyer keeper = keeper();
    Tyer other = clients.open();
    try (Lease lease = keeper.lock("a").acquire()) {
      assertThat(other.lock("a").tryAcquire().asOptional()).isEmpty();
      assertThat(lease.isValid()).isTrue();
      Await.until("no ticket waits", () -> other.operator().locks("").get(0).line().size() == 1);
    }
    Await.until("given back", () -> other.operator().locks("").isEmpty());
  }

  @Test
  void aHolderGivesBackWhenAnotherWaits() throws Exception {
    Tyer keeper = keeper();
    Tyer other = clients.open();
    Lease lease = keeper.lock("a").acquire();
    CompletableFuture<Lease> theirs = other.lock("a").acquireAsync();
    Await.until("waits", () -> other.operator().locks("").get(0).line().size() == 2);
    assertThat(lease.isValid()).isTrue();
    assertThat(theirs).isNotDone();
    lease.close();
    assertThat(theirs.get(60, TimeUnit.SECONDS).isValid()).isTrue();
    CompletableFuture<Lease> again = keeper.lock("a").acquireAsync();
    assertThat(again).isNotDone();
    theirs.get().close();
    again.get(60, TimeUnit.SECONDS).close();
  }

  @Test
  void whatLiesUnusedIsGivenBack() throws InterruptedException {
    Tyer keeper = clients.open("bias=true&bias-idle=50ms");
    keeper.lock("a").acquire().close();
    Await.until("given back", () -> keeper.operator().locks("").isEmpty());
    try (Lease again = keeper.lock("a").acquire()) {
      assertThat(again.isValid()).isTrue();
    }
  }

  @Test
  void whatIsUsedIsNotGivenBackForIdleness() throws InterruptedException {
    Tyer keeper =
        clients.opened(
            Tyer.builder(clients.uri() + "?bias=true&bias-idle=200ms&ttl=1s")
                .listener(new Counting())
                .open());
    long end = System.nanoTime() + Duration.ofSeconds(1).toNanos();
    while (System.nanoTime() < end) {
      keeper.lock("a").acquire().close();
    }
    // A pause of this thread longer than 200 ms may cost one.
    assertThat(calls("enter")).isLessThan(4);
    assertThat(calls("check")).isPositive();
  }

  @Test
  void aReaderOfTheSameClientIsNotHeldUp() throws InterruptedException {
    Tyer keeper = keeper();
    DistributedReadWriteLock lock = keeper.readWriteLock("a");
    lock.writeLock().acquire().close();
    OptionalLease reader = lock.readLock().tryAcquire();
    assertThat(reader.asOptional()).isPresent();
    reader.get().close();
    assertThat(keeper.operator().locks("")).isEmpty();
  }

  @Test
  void aDowngradedLeaseIsNotKept() throws InterruptedException {
    Tyer keeper = keeper();
    Tyer other = clients.open();
    DistributedReadWriteLock lock = keeper.readWriteLock("a");
    lock.writeLock().acquire().close();
    Lease lease = lock.writeLock().acquire();
    lease.downgrade();
    other.readWriteLock("a").readLock().tryAcquire().orElseThrow().close();
    lease.close();
    assertThat(other.operator().locks("")).isEmpty();
  }

  @Test
  void lossIsToldToAHolderThatPassedByTheLock() throws Exception {
    Tyer keeper = keeper();
    keeper.lock("a").acquire().close();
    Lease lease = keeper.lock("a").acquire();
    CompletableFuture<LossCause> lost = new CompletableFuture<>();
    Lease unused = lease.onLost(lost::complete);
    assertThat(clients.open().operator().revoke("a", OptionalLong.empty())).isEqualTo(1);
    assertThat(lost.get(10, TimeUnit.SECONDS)).isEqualTo(LossCause.REVOKED);
    assertThat(lease.isValid()).isFalse();
    lease.close();
    Await.until("given back", () -> keeper.operator().locks("").isEmpty());
  }

  @Test
  void anOperatorGetsBackWhatIsMerelyKept() throws InterruptedException {
    Tyer keeper = keeper();
    keeper.lock("a").acquire().close();
    assertThat(clients.open().operator().revoke("a", OptionalLong.empty())).isEqualTo(1);
    Await.until("given back", () -> keeper.operator().locks("").isEmpty());
  }

  @Test
  void aClosedClientKeepsNothing() throws InterruptedException {
    Tyer keeper = keeper();
    keeper.lock("a").acquire().close();
    Lease open = keeper.lock("b").acquire();
    keeper.close();
    assertThat(open.isValid()).isFalse();
    assertThat(clients.open().operator().locks("")).isEmpty();
  }

  @Test
  void closingTwiceGivesBackOnce() throws InterruptedException {
    Tyer keeper = keeper();
    keeper.lock("a").acquire().close();
    Lease first = keeper.lock("a").acquire();
    first.close();
    Lease second = keeper.lock("a").acquire();
    first.close();
    assertThat(second.isValid()).isTrue();
    assertThat(keeper.lock("a").tryAcquire().asOptional()).isEmpty();
    second.close();
    assertThat(keeper.lock("a").tryAcquire().asOptional()).isPresent();
  }

  @Test
  void aMaximumHoldIsKept() throws Exception {
    Tyer keeper = keeper();
    keeper.lock("a").acquire().close();
    Lease lease = keeper.lock("a").maxHold(Duration.ofMillis(50)).acquire();
    CompletableFuture<LossCause> lost = new CompletableFuture<>();
    Lease unused = lease.onLost(lost::complete);
    assertThat(lost.get(60, TimeUnit.SECONDS)).isEqualTo(LossCause.MAX_HOLD);
    lease.close();
    keeper.lock("a").acquire().close();
  }

  @Test
  void tokensOutlastATicket() throws InterruptedException {
    Tyer keeper = keeper();
    long before = 0;
    for (int i = 0; i < 10_000; i++) {
      try (Lease lease = keeper.lock("a").acquire()) {
        assertThat(lease.token()).isGreaterThan(before);
        before = lease.token();
      }
    }
    assertThat(calls("enter")).isBetween(2, 6);
  }

  @Test
  void localCallersShareWhatIsKept() throws Exception {
    DistributedLock lock = keeper().lock("a");
    int[] turns = race(List.of(lock, lock, lock, lock), Duration.ofMillis(500));
    assertThat(calls("enter")).isEqualTo(1);
    assertThat(Arrays.stream(turns).min().orElse(0)).as(Arrays.toString(turns)).isPositive();
  }

  @Test
  void twoKeepersComeToTerms() throws Exception {
    DistributedLock first = keeper().lock("a");
    DistributedLock second = clients.open("bias=true").lock("a");
    int[] turns = race(List.of(first, second), Duration.ofSeconds(2));
    assertThat(Math.min(turns[0], turns[1])).as(Arrays.toString(turns)).isPositive();
    // Bias withdraws where others keep coming: most tickets were not kept.
    assertThat(calls("leave")).isGreaterThan(100);
  }

  /** A thread for each lock, all of one name; nobody is beside another. How often each got it. */
  private static int[] race(List<DistributedLock> locks, Duration time)
      throws InterruptedException {
    AtomicInteger inside = new AtomicInteger();
    AtomicReference<String> broken = new AtomicReference<>();
    int[] turns = new int[locks.size()];
    List<Thread> threads = new ArrayList<>();
    long end = System.nanoTime() + time.toNanos();
    for (int i = 0; i < turns.length; i++) {
      int me = i;
      Thread thread =
          new Thread(
              () -> {
                while (System.nanoTime() < end) {
                  try (Lease lease = locks.get(me).acquireUninterruptibly()) {
                    if (inside.incrementAndGet() != 1 || !lease.isValid()) {
                      broken.set("two inside, or not valid");
                    }
                    inside.decrementAndGet();
                    turns[me]++;
                  }
                }
              });
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(broken.get()).isNull();
    return turns;
  }
}
