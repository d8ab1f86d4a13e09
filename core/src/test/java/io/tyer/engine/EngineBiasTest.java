package io.tyer.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tyer.Await;
import io.tyer.Deadlocks;
import io.tyer.DistributedLock;
import io.tyer.DistributedReadWriteLock;
import io.tyer.Lease;
import io.tyer.OptionalLease;
import io.tyer.Reservation;
import io.tyer.TyerListener;
import io.tyer.engine.FaultyStore.Fault;
import io.tyer.line.LockName;
import io.tyer.spi.Surroundings;
import io.tyer.store.memory.MemoryLineStore;
import io.tyer.surroundings.SystemSurroundings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Schedules around kept tickets that need a store of the test's own making. */
@Timeout(180)
class EngineBiasTest {

  private static final Duration TTL = Duration.ofSeconds(15);
  private static final LockName A = LockName.of("a");

  private final SystemSurroundings surroundings = new SystemSurroundings(null);
  private final MemoryLineStore lines =
      new MemoryLineStore("memory:bias", surroundings, Duration.ofMillis(100), 0);
  private final List<Engine> engines = new ArrayList<>();

  @AfterEach
  void close() {
    engines.forEach(Engine::close);
    assertThat(lines.isEmpty()).isTrue();
    surroundings.close();
  }

  private FaultyStore store(long lateNanos) {
    return new FaultyStore(lines, surroundings, lateNanos);
  }

  private Engine engine(
      FaultyStore through,
      boolean bias,
      Duration idle,
      int batons,
      Duration batonTime,
      @Nullable TyerListener listener) {
    return engine(through, surroundings, bias, idle, batons, batonTime, listener);
  }

  private Engine engine(
      FaultyStore through,
      Surroundings on,
      boolean bias,
      Duration idle,
      int batons,
      Duration batonTime,
      @Nullable TyerListener listener) {
    EngineSettings defaults = EngineSettings.ofTtl(TTL);
    EngineSettings settings =
        new EngineSettings(
            TTL,
            defaults.beat(),
            defaults.margin(),
            Duration.ofSeconds(2),
            Duration.ZERO,
            batons,
            batonTime,
            defaults.order(),
            bias,
            idle,
            "test",
            false,
            Deadlocks.ON);
    Engine engine = new Engine(through, on, settings, listener, () -> {});
    engines.add(engine);
    return engine;
  }

  private Engine engine(boolean bias) {
    return engine(store(0), bias, TTL, 16, Duration.ofMillis(10), null);
  }

  @Test
  void whereTheStoreTellsNothingNothingIsReserved() throws InterruptedException {
    FaultyStore silent = store(0);
    silent.tellNothing();
    Engine engine = engine(silent, true, TTL, 16, Duration.ofMillis(10), null);
    assertThat(engine.locks().mutex("a").reserve()).isEqualTo(Reservation.NOT_KEPT);
    assertThat(lines.isEmpty()).isTrue();
  }

  @Test
  void aLeaseThatWasClosedIsNotDowngraded() throws InterruptedException {
    Engine keeper = engine(true);
    DistributedReadWriteLock lock = keeper.locks().readWrite("a");
    lock.writeLock().acquire().close();
    HeldLease first = (HeldLease) lock.writeLock().acquire();
    first.checkValid();
    first.close();
    Lease second = lock.writeLock().acquire();
    // What the first holder's other thread goes on with, having found the lease valid before.
    assertThat(first.weaken(Chain.here())).isDone();
    assertThat(engine(false).locks().readWrite("a").readLock().tryAcquire().asOptional()).isEmpty();
    assertThat(second.isValid()).isTrue();
    second.close();
  }

  @Test
  void downgradeAgainstCloseLeavesNoTicket() throws Exception {
    Engine keeper = engine(true);
    Engine other = engine(false);
    for (int i = 0; i < 300; i++) {
      String name = "name-" + i;
      DistributedReadWriteLock lock = keeper.locks().readWrite(name);
      lock.writeLock().acquire().close();
      Lease lease = lock.writeLock().acquire();
      CyclicBarrier both = new CyclicBarrier(2);
      CompletableFuture<Void> downgraded =
          CompletableFuture.runAsync(
              () -> {
                await(both);
                try {
                  lease.downgrade();
                } catch (IllegalStateException e) {
                  assertThat(e).hasMessageContaining("closed");
                }
              });
      await(both);
      for (int spin = 0; spin < i; spin++) {
        Thread.onSpinWait();
      }
      lease.close();
      downgraded.get(60, TimeUnit.SECONDS);
      OptionalLease writer =
          other.locks().readWrite(name).writeLock().tryAcquire(Duration.ofSeconds(3));
      assertThat(writer.asOptional()).as("round %d", i).isPresent();
      writer.orElseThrow().close();
    }
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await(60, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void whoWaitsIsNotMadeATryByOneThatGaveUp() throws Exception {
    Engine holder = engine(true);
    Lease held = holder.locks().mutex("a").acquire();
    FaultyStore slow = store(200_000_000L);
    Engine engine = engine(slow, false, TTL, 16, Duration.ofMillis(10), null);
    engine.connect();
    slow.fault("enter", Fault.REPLY_LATE);
    CompletableFuture<OptionalLease> attempt = engine.locks().mutex("a").tryAcquireAsync();
    CompletableFuture<Lease> waits = engine.locks().mutex("a").acquireAsync();
    attempt.cancel(true);
    slow.fault("enter", Fault.NONE);
    LockSupport.parkNanos(500_000_000);
    assertThat(waits).isNotDone();
    held.close();
    waits.get(60, TimeUnit.SECONDS).close();
  }

  @Test
  void whatIsHeldIsNotReadAgainMoreOftenThanItMust() throws InterruptedException {
    FaultyStore store = store(0);
    Engine keeper = engine(store, true, Duration.ofMillis(10), 16, Duration.ofMillis(10), null);
    Lease lease = keeper.locks().mutex("a").acquire();
    LockSupport.parkNanos(1_000_000_000);
    // A third of the TTL is 5 s.
    assertThat(store.calls("check")).isZero();
    lease.close();
  }

  @Test
  void aListenerThatFailsBadlyTakesNoLock() throws InterruptedException {
    TyerListener failing =
        new TyerListener() {
          @Override
          public void waited(String name, WaitEnd end, Duration waited) {
            throw new NoClassDefFoundError("a listener's own fault");
          }

          @Override
          public void held(String name, Duration held) {
            throw new NoClassDefFoundError("a listener's own fault");
          }
        };
    Engine keeper = engine(store(0), true, TTL, 16, Duration.ofMillis(10), failing);
    for (int i = 0; i < 3; i++) {
      OptionalLease lease = keeper.locks().mutex("a").tryAcquire();
      assertThat(lease.asOptional()).isPresent();
      lease.orElseThrow().close();
    }
  }

  @Test
  void aTryBehindAPlainHolderAsksOnce() throws InterruptedException {
    Lease held = engine(false).locks().mutex("a").acquire();
    CompletableFuture<Lease> keeper = engine(true).locks().mutex("a").acquireAsync();
    Await.until("stands in line", () -> lines.line(A).length() == 2);
    FaultyStore store = store(0);
    Engine third = engine(store, false, TTL, 16, Duration.ofMillis(10), null);
    assertThat(third.locks().mutex("a").tryAcquire().asOptional()).isEmpty();
    assertThat(store.calls("enter")).isEqualTo(1);
    CompletableFuture<Void> unused = keeper.thenAccept(Lease::close);
    held.close();
  }

  @Test
  void aClientDoesNotRecallItself() throws Exception {
    FaultyStore slow = store(5_000_000L);
    Engine keeper = engine(slow, true, TTL, 16, Duration.ofMillis(10), null);
    DistributedLock lock = keeper.locks().mutex("a");
    slow.fault("leave", Fault.SLOW);
    for (int i = 0; i < 10_000; i++) {
      try (Lease lease = lock.acquire()) {
        assertThat(lease.token()).isPositive();
        if (i % 1000 == 0) {
          assertThat(keeper.client().biasPolicy().allows(A, keeper.client().now())).isTrue();
        }
        CompletableFuture<Void> unused = lease.closeAsync();
      }
    }
    assertThat(keeper.client().biasPolicy().allows(A, keeper.client().now())).isTrue();
    assertThat(slow.calls("enter")).isLessThan(10);
  }

  @Test
  void whatIsRecalledWhileNothingProvesItGoesToWhoRecalledIt() throws Exception {
    SuspendedMachine machine = new SuspendedMachine(surroundings);
    FaultyStore beaten = store(0);
    Engine keeper = engine(beaten, machine, true, TTL, 0, Duration.ofMillis(10), null);
    keeper.locks().mutex("a").acquire().close();
    beaten.fault("beat", Fault.UNREACHABLE);
    machine.suspended = true;
    CompletableFuture<Lease> again = keeper.locks().mutex("a").acquireAsync();
    CompletableFuture<Lease> theirs = engine(false).locks().mutex("a").acquireAsync();
    Lease first = theirs.get(2, TimeUnit.SECONDS);
    assertThat(again).isNotDone();
    beaten.fault("beat", Fault.NONE);
    Await.until("stands in line again", () -> lines.line(A).length() == 2);
    first.close();
    again.get(60, TimeUnit.SECONDS).close();
  }

  @Test
  void tokensLastForAllHandOversAfterARecall() throws Exception {
    Engine keeper = engine(store(0), true, TTL, 2000, Duration.ofHours(1), null);
    Engine other = engine(false);
    DistributedLock lock = keeper.locks().mutex("a");
    for (int i = 0; i < 2046; i++) {
      try (Lease lease = lock.acquire()) {
        assertThat(lease.token()).isPositive();
      }
    }
    Lease first = lock.acquire();
    assertThat(first.token()).isPositive();
    int callers = 4000;
    AtomicInteger served = new AtomicInteger();
    AtomicReference<@Nullable Throwable> failed = new AtomicReference<>();
    CountDownLatch all = new CountDownLatch(callers);
    for (int i = 0; i < callers; i++) {
      CompletableFuture<Void> unused =
          lock.acquireAsync()
              .thenAccept(
                  lease -> {
                    try {
                      assertThat(lease.token()).isPositive();
                    } catch (Throwable e) {
                      failed.compareAndSet(null, e);
                    }
                    if (served.incrementAndGet() == 1500) {
                      CompletableFuture<Void> theirs =
                          other.locks().mutex("a").acquireAsync().thenCompose(Lease::closeAsync);
                      assertThat(theirs).isNotNull();
                    }
                    CompletableFuture<Void> unusedClosing = lease.closeAsync();
                    all.countDown();
                  });
    }
    first.close();
    assertThat(all.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(failed.get()).isNull();
  }

  @Test
  void nothingIsKeptWhereTheStoreCannotTellThatOthersWantIt() throws InterruptedException {
    FaultyStore silent = store(0);
    silent.tellNothing();
    Engine keeper = engine(silent, true, TTL, 16, Duration.ofMillis(10), null);
    keeper.locks().mutex("a").acquire().close();
    assertThat(lines.line(A).isEmpty()).isTrue();
  }

  @Test
  void aDowngradeOfWhatIsClosedIsRefused() throws InterruptedException {
    Engine keeper = engine(true);
    Lease lease = keeper.locks().readWrite("a").writeLock().acquire();
    lease.close();
    assertThatThrownBy(lease::downgrade)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }
}
