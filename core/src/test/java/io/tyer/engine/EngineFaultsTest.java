package io.tyer.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tyer.Await;
import io.tyer.DistributedLock;
import io.tyer.Lease;
import io.tyer.LeaseLostException;
import io.tyer.LossCause;
import io.tyer.OutcomeUnknownException;
import io.tyer.StoreRefusedException;
import io.tyer.StoreUnreachableException;
import io.tyer.engine.FaultyStore.Fault;
import io.tyer.store.memory.MemoryLineStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What users are told when the store fails, in real time; the simulator does the rest. */
@Timeout(60)
class EngineFaultsTest {

  private static final Duration TTL = Duration.ofMillis(1500);

  private final SystemSurroundings surroundings = new SystemSurroundings(null);
  private final MemoryLineStore lines =
      new MemoryLineStore("memory:faults", surroundings, Duration.ofMillis(100), 0);
  private final FaultyStore store = new FaultyStore(lines);
  private final Engine engine = engine(store);
  private final Engine other = engine(new FaultyStore(lines));
  private final DistributedLock lock = engine.locks().mutex("a");
  private final DistributedLock theirs = other.locks().mutex("a");

  private Engine engine(FaultyStore through) {
    EngineSettings defaults = EngineSettings.ofTtl(TTL);
    EngineSettings settings =
        new EngineSettings(
            TTL,
            defaults.beat(),
            defaults.margin(),
            Duration.ofMillis(300),
            Duration.ZERO,
            defaults.batons(),
            defaults.batonTime(),
            "test",
            false);
    return new Engine(through, surroundings, settings, null, () -> {});
  }

  @AfterEach
  void nothingIsLeft() {
    store.faultEverywhere(Fault.NONE);
    engine.close();
    other.close();
    Engine last = engine(new FaultyStore(lines));
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
  void aRefusalIsToldAtOnce() {
    engine.connect();
    store.fault("enter", Fault.REFUSED);
    assertThatThrownBy(lock::acquire)
        .isInstanceOf(StoreRefusedException.class)
        .hasMessageContaining("no rights");
  }

  @Test
  void aShortOutageOnlyDelays() throws Exception {
    engine.connect();
    store.fault("enter", Fault.UNREACHABLE);
    CompletableFuture<Lease> waiting = lock.acquireAsync();
    Await.until("tried", () -> store.calls("enter") >= 1);
    store.fault("enter", Fault.NONE);
    waiting.get(10, TimeUnit.SECONDS).close();
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
    assertThat(theirs.tryAcquire()).isEmpty();
    store.fault("leave", Fault.NONE);
    theirs.tryAcquire(Duration.ofSeconds(10)).orElseThrow().close();
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
    waiting.get(20, TimeUnit.SECONDS).close();
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
  void closingDoesNotHangOnASilentStore() throws InterruptedException {
    Lease lease = lock.acquire();
    store.faultEverywhere(Fault.BLACK_HOLE);
    long start = System.nanoTime();
    lease.close();
    engine.close();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
  }
}
