package io.tyer.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tyer.Await;
import io.tyer.Deadlocks;
import io.tyer.DistributedLock;
import io.tyer.JavaLock;
import io.tyer.Lease;
import io.tyer.LeaseLostException;
import io.tyer.LossCause;
import io.tyer.OptionalLease;
import io.tyer.OutcomeUnknownException;
import io.tyer.Retry;
import io.tyer.StoreRefusedException;
import io.tyer.StoreUnreachableException;
import io.tyer.TyerClosedException;
import io.tyer.engine.FaultyStore.Fault;
import io.tyer.spi.Surroundings;
import io.tyer.store.memory.MemoryLineStore;
import io.tyer.surroundings.SystemSurroundings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What users are told when the store fails, in real time; the simulator does the rest. */
@Timeout(180)
@SuppressWarnings("LockNotBeforeTry") // what is tested here is locking itself
class EngineFaultsTest {

  private static final Duration TTL = Duration.ofMillis(1500);

  private final SystemSurroundings surroundings = new SystemSurroundings(null);
  private final MemoryLineStore lines =
      new MemoryLineStore("memory:faults", surroundings, Duration.ofMillis(100), 0);
  private final FaultyStore store = faulty();
  private final Engine engine = engine(store);
  private final Engine other = engine(faulty());
  private final DistributedLock lock = engine.locks().mutex("a");
  private final DistributedLock theirs = other.locks().mutex("a");

  private FaultyStore faulty() {
    return new FaultyStore(lines, surroundings, TTL.toNanos());
  }

  private Engine engine(FaultyStore through) {
    return engine(through, Duration.ofMillis(300), "test");
  }

  private Engine engine(FaultyStore through, Duration operationTimeout, String owner) {
    return engine(through, operationTimeout, owner, EngineSettings.ofTtl(TTL).batons());
  }

  private Engine engine(FaultyStore through, Duration operationTimeout, String owner, int batons) {
    EngineSettings defaults = EngineSettings.ofTtl(TTL);
    EngineSettings settings =
        new EngineSettings(
            TTL,
            defaults.beat(),
            defaults.margin(),
            operationTimeout,
            Duration.ZERO,
            batons,
            defaults.batonTime(),
            defaults.order(),
            false,
            TTL,
            owner,
            false,
            Deadlocks.ON);
    return new Engine(through, surroundings, settings, null, () -> {});
  }

  @AfterEach
  void nothingIsLeft() {
    store.faultEverywhere(Fault.NONE);
    engine.close();
    other.close();
    Engine last = engine(faulty());
    last.connect();
    Await.until("everything died", () -> last.operator().locks("").isEmpty());
    last.close();
    assertThat(lines.isEmpty()).isTrue();
    surroundings.close();
  }

  @Test
  void anUnreachableStoreIsNotBusy() {
    store.faultEverywhere(Fault.UNREACHABLE);
    assertThatThrownBy(lock::tryAcquire)
        .isInstanceOf(StoreUnreachableException.class)
        .hasMessageContaining("lock a");
    assertThatThrownBy(() -> lock.tryAcquire(Duration.ofMillis(50)))
        .isInstanceOf(StoreUnreachableException.class);
    assertThatThrownBy(lock::acquire).isInstanceOf(StoreUnreachableException.class);
    assertThatThrownBy(engine::connect).isInstanceOf(StoreUnreachableException.class);
  }

  @Test
  void aSilentStoreLeavesTheOutcomeUnknown() {
    engine.connect();
    store.fault("enter", Fault.BLACK_HOLE);
    assertThatThrownBy(lock::tryAcquire).isInstanceOf(OutcomeUnknownException.class);
    assertThatThrownBy(() -> lock.tryAcquire(Duration.ofMillis(50)))
        .isInstanceOf(OutcomeUnknownException.class);
    assertThatThrownBy(lock::acquire).isInstanceOf(OutcomeUnknownException.class);
  }

  @Test
  void onlyWhatNobodyWaitsForMayLeaveLater() throws Exception {
    lock.acquire().close();
    assertThat(store.calls("leave")).isEqualTo(1);
    assertThat(store.calls("leave unawaited")).isZero();
    lock.acquire().closeAsync().get(60, TimeUnit.SECONDS);
    assertThat(store.calls("leave")).isEqualTo(2);
    assertThat(store.calls("leave unawaited")).isEqualTo(1);
  }

  @Test
  void aRefusalIsToldAtOnce() {
    engine.connect();
    store.fault("enter", Fault.REFUSED);
    assertThatThrownBy(lock::acquire)
        .isInstanceOf(StoreRefusedException.class)
        .hasMessageContaining("no rights");
  }

  /** The store is reached all the time but by beats: it could be told of the end at once. */
  @Test
  void aLostSessionIsEndedOnceItsHoldersHadTheMarginToStop() throws Exception {
    Lease lease = lock.acquire();
    store.fault("beat", Fault.BLACK_HOLE);
    CompletableFuture<Long> told = new CompletableFuture<>();
    lease.onLost(cause -> told.complete(System.nanoTime()));
    try (Lease next = theirs.acquire()) {
      Duration hadToStop = Duration.ofNanos(System.nanoTime() - told.get(60, TimeUnit.SECONDS));
      // The listener's thread may have started late.
      assertThat(hadToStop).isGreaterThan(EngineSettings.defaultMargin(TTL).dividedBy(2));
      assertThat(next.isValid()).isTrue();
    }
    Await.until("ended", () -> store.calls("end") == 1);
  }

  @Test
  void aClientThatClosesEndsWhatItHasLostAtOnce() throws Exception {
    Lease lease = lock.acquire();
    store.fault("beat", Fault.BLACK_HOLE);
    CompletableFuture<LossCause> told = new CompletableFuture<>();
    lease.onLost(told::complete);
    assertThat(told.get(60, TimeUnit.SECONDS)).isEqualTo(LossCause.UNPROVED);
    assertThat(store.calls("end")).isZero();
    engine.close();
    assertThat(store.calls("end")).isEqualTo(1);
    assertThat(lines.isEmpty()).isTrue();
  }

  /** As when the store was restarted while a client was idle: its connection is no good. */
  @Test
  void aSessionIsEndedOverAFreshConnectionIfTheOldOneIsNoGood() {
    engine.connect();
    store.fault("end", Fault.UNREACHABLE_ONCE);
    engine.close();
    assertThat(store.calls("end")).isEqualTo(2);
    assertThat(lines.isEmpty()).isTrue();
  }

  @Test
  void aShortOutageOnlyDelays() throws Exception {
    engine.connect();
    store.fault("enter", Fault.UNREACHABLE);
    CompletableFuture<Lease> waiting = lock.acquireAsync();
    Await.until("tried", () -> store.calls("enter") >= 1);
    store.fault("enter", Fault.NONE);
    waiting.get(60, TimeUnit.SECONDS).close();
  }

  @Test
  void aTicketWhoseReplyWasLostIsWithdrawnInTheBackground() throws InterruptedException {
    engine.connect();
    store.fault("enter", Fault.REPLY_LOST);
    assertThatThrownBy(lock::acquire).isInstanceOf(OutcomeUnknownException.class);
    theirs.tryAcquire(Duration.ofMillis(1200)).orElseThrow().close();
  }

  @Test
  void aLeaveWhoseReplyWasLostIsRepeatedUntilItIsKnown() throws InterruptedException {
    Lease lease = lock.acquire();
    store.fault("leave", Fault.BLACK_HOLE);
    long start = System.nanoTime();
    lease.close();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
    assertThat(theirs.tryAcquire().asOptional()).isEmpty();
    store.fault("leave", Fault.NONE);
    theirs.tryAcquire(Duration.ofSeconds(10)).orElseThrow().close();
  }

  @Test
  void whoPassesOnAndHasMoreCallersAsksOnce() throws Exception {
    FaultyStore once = faulty();
    once.leaveAndEnterInOne();
    Engine plain = engine(once, Duration.ofMillis(300), "test", 0);
    try {
      DistributedLock ours = plain.locks().mutex("a");
      Lease first = ours.acquire();
      CompletableFuture<Lease> second = ours.acquireAsync();
      CompletableFuture<Lease> foreign = theirs.acquireAsync();
      Await.until("in line", () -> other.operator().locks("a").get(0).line().size() == 2);
      first.close();
      foreign.get(5, TimeUnit.SECONDS).close();
      second.get(5, TimeUnit.SECONDS).close();
      assertThat(once.withLeaves).hasSize(1);
    } finally {
      plain.close();
    }
  }

  @Test
  void aTicketAskedForWhilePassingOnIsAskedForByAnotherRequestIfNothingIsKnownOfIt()
      throws Exception {
    FaultyStore once = faulty();
    once.leaveAndEnterInOne();
    Engine plain = engine(once, Duration.ofMillis(300), "test", 0);
    try {
      DistributedLock ours = plain.locks().mutex("a");
      Lease first = ours.acquire();
      CompletableFuture<Lease> second = ours.acquireAsync();
      once.fault("enter", Fault.REPLY_CUT);
      first.close();
      Await.until("it is asked for again", () -> once.calls("enter") > 2);
      once.fault("enter", Fault.NONE);
      second.get(60, TimeUnit.SECONDS).close();
      assertThat(once.withLeaves).hasSize(1);
      assertThat(once.enters).containsOnlyOnceElementsOf(once.withLeaves);
    } finally {
      plain.close();
    }
  }

  @Test
  void aHolderIsToldOfItsLossBeforeTheNextIsGranted() throws Exception {
    Lease lease = lock.acquire();
    assertThat(lease.token()).isPositive();
    List<LossCause> told = new CopyOnWriteArrayList<>();
    lease.onLost(told::add);
    store.faultEverywhere(Fault.BLACK_HOLE);
    try (Lease next = theirs.acquire()) {
      assertThat(told).containsExactly(LossCause.UNPROVED);
      assertThat(lease.isValid()).isFalse();
      assertThat(lease.remaining()).isEqualTo(Duration.ZERO);
      assertThatThrownBy(lease::checkValid).isInstanceOf(LeaseLostException.class);
      assertThat(next.token()).isGreaterThan(lease.token());
    }
    store.faultEverywhere(Fault.NONE);
    assertThat(lease.isValid()).isFalse();
    lock.acquire().close();
    assertThat(told).hasSize(1);
  }

  @Test
  void waitersGoOnUnderANewSession() throws Exception {
    Lease held = theirs.acquire();
    CompletableFuture<Lease> waiting = lock.acquireAsync();
    Await.until("in line", () -> other.operator().locks("a").get(0).line().size() == 2);
    store.faultEverywhere(Fault.BLACK_HOLE);
    Await.until("its session died", () -> other.operator().locks("a").get(0).line().size() == 1);
    assertThat(waiting).isNotDone();
    store.faultEverywhere(Fault.NONE);
    held.close();
    waiting.get(60, TimeUnit.SECONDS).close();
  }

  @Test
  void aDowngradeWithoutAnswerIsUnknownAndCanBeRepeated() throws InterruptedException {
    Lease lease = engine.locks().readWrite("a").writeLock().acquire();
    store.fault("weaken", Fault.REPLY_LOST);
    assertThatThrownBy(lease::downgrade).isInstanceOf(OutcomeUnknownException.class);
    assertThat(lease.isValid()).isTrue();
    store.fault("weaken", Fault.NONE);
    lease.downgrade();
    other.locks().readWrite("a").readLock().tryAcquire().orElseThrow().close();
    lease.close();
  }

  @Test
  void closingHasTimeToEndTheSessionAfterAnEnterThatNobodyAnswered() {
    FaultyStore slow = new FaultyStore(lines, surroundings, 400_000_000L);
    Engine closing = engine(slow, Duration.ofMillis(800), "closing");
    closing.connect();
    slow.fault("enter", Fault.REPLY_LOST);
    slow.fault("end", Fault.SLOW);
    CompletableFuture<Lease> wait = closing.locks().mutex("a").acquireAsync();
    Await.until("the ticket is taken", () -> !other.operator().locks("a").isEmpty());
    closing.close();
    assertThat(wait).isCompletedExceptionally();
    assertThat(other.operator().locks("a")).isEmpty();
  }

  @Test
  void closingDoesNotHangOnASilentStore() throws InterruptedException {
    Lease lease = lock.acquire();
    store.faultEverywhere(Fault.BLACK_HOLE);
    long start = System.nanoTime();
    lease.close();
    engine.close();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
  }

  @Test
  void manyFirstCallersOpenOneSession() throws Exception {
    for (int round = 0; round < 50; round++) {
      FaultyStore fresh = faulty();
      Engine client = engine(fresh);
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        DistributedLock own = client.locks().mutex("first-" + i);
        threads.add(new Thread(() -> own.acquireUninterruptibly().close()));
      }
      threads.forEach(Thread::start);
      for (Thread thread : threads) {
        thread.join();
      }
      assertThat(fresh.calls("open")).isEqualTo(1);
      client.close();
    }
  }

  @Test
  void aSessionThatOpensTooSlowlyIsAFailureAndNotALoop() {
    Engine patient = engine(store, Duration.ofSeconds(3), "test");
    store.fault("open", Fault.REPLY_LATE);
    assertThatThrownBy(patient.locks().mutex("a")::tryAcquire)
        .isInstanceOf(OutcomeUnknownException.class);
    assertThat(store.calls("open")).isEqualTo(1);
    patient.close();
  }

  @Test
  void closingTellsTheHoldersBeforeTheNextIsGranted() throws Exception {
    List<String> order = new CopyOnWriteArrayList<>();
    Surroundings inline = new InlineThreads(surroundings);
    Engine holder = new Engine(store, inline, EngineSettings.ofTtl(TTL), null, () -> {});
    Engine next = new Engine(faulty(), inline, EngineSettings.ofTtl(TTL), null, () -> {});
    Lease lease = holder.locks().mutex("a").acquire();
    lease.onLost(cause -> order.add("told"));
    CompletableFuture<Void> granted =
        next.locks()
            .mutex("a")
            .acquireAsync()
            .thenAccept(
                mine -> {
                  order.add("granted");
                  var unused = mine.closeAsync();
                });
    holder.close();
    granted.get(60, TimeUnit.SECONDS);
    assertThat(order).containsExactly("told", "granted");
    next.close();
  }

  @Test
  void timedFuturesThatAreGrantedLeaveNoTimerBehind() throws Exception {
    engine.connect();
    int before = surroundings.scheduledTasks();
    for (int i = 0; i < 200; i++) {
      lock.tryAcquireAsync(Duration.ofHours(1)).get(60, TimeUnit.SECONDS).orElseThrow().close();
    }
    Await.until("disarmed", () -> surroundings.scheduledTasks() <= before + 2);
  }

  @Test
  void aFutureThatIsEndedByItsUserLeavesTheLine() throws Exception {
    Lease held = theirs.acquire();
    CompletableFuture<Lease> impatient = lock.acquireAsync().orTimeout(50, TimeUnit.MILLISECONDS);
    assertThatThrownBy(() -> impatient.get(5, TimeUnit.SECONDS))
        .hasCauseInstanceOf(TimeoutException.class);
    Await.until("left", () -> other.operator().locks("a").get(0).line().size() == 1);
    held.close();
  }

  @Test
  void retriesEndWhenTheClientIsClosed() throws Exception {
    Lease held = theirs.acquire();
    Retry slow = Retry.times(5).withPauses(Duration.ofHours(1), Duration.ofHours(1));
    CompletableFuture<OptionalLease> retried = lock.tryAcquireAsync(slow);
    CompletableFuture<Throwable> blocked = new CompletableFuture<>();
    new Thread(
            () -> {
              try {
                blocked.complete(new AssertionError("ended with " + lock.tryAcquire(slow)));
              } catch (InterruptedException | RuntimeException e) {
                blocked.complete(e);
              }
            })
        .start();
    Await.until("both tried", () -> store.calls("enter") >= 2);
    engine.close();
    assertThatThrownBy(() -> retried.get(5, TimeUnit.SECONDS))
        .hasCauseInstanceOf(TyerClosedException.class);
    assertThat(blocked.get(5, TimeUnit.SECONDS)).isInstanceOf(TyerClosedException.class);
    held.close();
  }

  @Test
  void aTryOvertakesNoLocalWaiterOfAnotherKind() throws Exception {
    Lease held = lock.acquire();
    CompletableFuture<Lease> waiter = lock.acquireAsync();
    store.fault("enter", Fault.UNREACHABLE);
    long start = System.nanoTime();
    Await.until("baton time over", () -> System.nanoTime() - start > 20_000_000);
    held.close();
    assertThat(engine.locks().readWrite("a").readLock().tryAcquire().asOptional()).isEmpty();
    store.fault("enter", Fault.NONE);
    waiter.get(60, TimeUnit.SECONDS).close();
  }

  @Test
  void anUnprintableOwnerIsMadePrintable() throws InterruptedException {
    Engine client = engine(faulty(), Duration.ofMillis(300), "line\nbreak");
    client.locks().mutex("b").acquire().close();
    client.locks().mutex("b").acquire().close();
    client.close();
  }

  @Test
  void anUnlockWhoseDowngradeFailsLetsGoAllTheSame() {
    JavaLock write = engine.locks().readWrite("a").writeLock().asJavaLock();
    JavaLock read = engine.locks().readWrite("a").readLock().asJavaLock();
    write.lock();
    read.lock();
    store.fault("weaken", Fault.UNREACHABLE);
    write.unlock();
    assertThat(write.holdCount()).isZero();
    assertThat(read.holdCount()).isEqualTo(1);
    read.unlock();
    store.fault("weaken", Fault.NONE);
    JavaLock next = other.locks().mutex("a").asJavaLock();
    assertThat(next.tryLock()).isTrue();
    next.unlock();
  }
}
