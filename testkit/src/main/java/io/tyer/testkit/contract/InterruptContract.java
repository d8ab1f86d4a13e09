package io.tyer.testkit.contract;

import static io.tyer.testkit.contract.Outcomes.SLACK;
import static io.tyer.testkit.contract.Outcomes.failure;
import static io.tyer.testkit.contract.Outcomes.since;
import static io.tyer.testkit.contract.Promise.API;
import static io.tyer.testkit.contract.Promise.L2;
import static io.tyer.testkit.contract.Promise.S1;
import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.DistributedLock;
import io.tyer.Lease;
import io.tyer.Retry;
import io.tyer.Tyer;
import io.tyer.TyerException;
import io.tyer.TyerOption;
import io.tyer.testkit.fault.LinkState;
import io.tyer.testkit.host.Await;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/** An interrupt ends a wait and leaves no ticket, or waits with what cannot be interrupted. */
public abstract class InterruptContract extends ContractTest {

  private Tyer behind(Seat link, String operationTimeout) {
    return open(link.client().ttl(LONG).option(TyerOption.OPERATION_TIMEOUT, operationTimeout));
  }

  private static List<Callable<?>> interruptible(DistributedLock lock) {
    Retry retry = Retry.times(1000).withPauses(LONG, LONG).withJitter(0);
    return List.of(lock::acquire, () -> lock.tryAcquire(LONG), () -> lock.tryAcquire(retry));
  }

  @Test
  @Shows(L2)
  void anInterruptEndsAWaitAndLeavesNoTicket() throws Exception {
    String name = name("waits");
    Tyer one = client();
    DistributedLock theirs = client().lock(name);
    try (Lease held = one.lock(name).acquire()) {
      for (Callable<?> acquire : interruptible(theirs)) {
        Callers.Calling<Boolean> calling =
            call(
                () -> {
                  try {
                    throw new AssertionError("ended with " + acquire.call());
                  } catch (InterruptedException e) {
                    return Thread.currentThread().isInterrupted();
                  }
                });
        Await.until("it waits", calling::isBlocked);
        Await.pause(Duration.ofMillis(30));
        long start = System.nanoTime();
        calling.interrupt();
        assertThat(get(calling.outcome)).as("the flag").isFalse();
        assertThat(since(start)).isLessThan(SLACK);
      }
      awaitLine(one, name, 1);
      assertThat(held.isValid()).isTrue();
    }
  }

  @Test
  @Shows(L2)
  void whoIsInterruptedBeforehandAcquiresNothingThoughItIsFree() throws Exception {
    String name = name("before");
    Tyer one = client();
    DistributedLock lock = client().lock(name);
    List<Callable<?>> ways =
        List.of(
            lock::acquire,
            lock::tryAcquire,
            () -> lock.tryAcquire(LONG),
            () -> lock.tryAcquire(Duration.ZERO),
            () -> lock.tryAcquire(Retry.times(2)));
    for (Callable<?> acquire : ways) {
      Callers.Calling<?> calling =
          call(
              () -> {
                Thread.currentThread().interrupt();
                return acquire.call();
              });
      assertThat(failure(calling.outcome)).isInstanceOf(InterruptedException.class);
    }
    awaitLine(one, name, 0);
    one.lock(name).tryAcquire(LONG).orElseThrow().close();
  }

  @Test
  @Shows(API)
  void anUninterruptibleWaitGoesOnAndKeepsTheFlag() throws Exception {
    String name = name("stubborn");
    Tyer one = client();
    DistributedLock theirs = client().lock(name);
    Lease held = one.lock(name).acquire();
    Callers.Calling<Boolean> calling =
        call(
            () -> {
              try (Lease lease = theirs.acquireUninterruptibly()) {
                return lease.isValid() && Thread.currentThread().isInterrupted();
              }
            });
    awaitLine(one, name, 2);
    calling.interrupt();
    Await.pause(Duration.ofMillis(50));
    assertThat(calling.outcome).isNotDone();
    assertThat(inLine(one, name)).as("it keeps its ticket").isEqualTo(2);
    held.close();
    assertThat(get(calling.outcome)).as("granted, and the flag is set").isTrue();
  }

  @Test
  @Shows(API)
  void anUninterruptibleAcquireSucceedsWithTheFlagSet() throws Exception {
    String name = name("flagged");
    DistributedLock lock = client().lock(name);
    DistributedLock theirs = client().lock(name);
    Callers.Calling<Boolean> calling =
        call(
            () -> {
              Thread.currentThread().interrupt();
              try (Lease lease = lock.acquireUninterruptibly()) {
                return lease.isValid() && Thread.currentThread().isInterrupted();
              }
            });
    assertThat(get(calling.outcome)).isTrue();
    theirs.tryAcquire(LONG).orElseThrow().close();
  }

  @Test
  @Shows({API, L2})
  void closingALeaseIsNotInterruptible() throws Exception {
    String name = name("closing");
    DistributedLock lock = client().lock(name);
    DistributedLock theirs = client().lock(name);
    Callers.Calling<Boolean> calling =
        call(
            () -> {
              Lease lease = lock.acquire();
              Thread.currentThread().interrupt();
              lease.close();
              return Thread.currentThread().isInterrupted();
            });
    assertThat(get(calling.outcome)).as("the flag").isTrue();
    theirs.tryAcquire().orElseThrow().close();
  }

  @Test
  @Shows(API)
  void downgradingIsNotInterruptible() throws Exception {
    String name = name("downgrading");
    var write = client().readWriteLock(name).writeLock();
    var read = client().readWriteLock(name).readLock();
    Callers.Calling<Boolean> calling =
        call(
            () -> {
              try (Lease lease = write.acquire()) {
                Thread.currentThread().interrupt();
                lease.downgrade();
                boolean flag = Thread.interrupted();
                read.tryAcquire().orElseThrow().close();
                return flag;
              }
            });
    assertThat(get(calling.outcome)).as("the flag").isTrue();
  }

  /** Where the store's client blocks the caller, the operation time-out may be what frees it. */
  @Test
  @Shows(value = L2, under = Fault.CUT)
  void anInterruptEndsACallThatTheStoreDoesNotAnswer() throws Exception {
    String name = name("try");
    Seat link = seat();
    boolean blocks;
    try (BareClient bare = new BareClient(link)) {
      blocks = bare.blocks();
    }
    DistributedLock lock = behind(link, "2s").lock(name);
    DistributedLock theirs = client().lock(name);
    link.link(LinkState.CUT);
    for (Callable<?> acquire : List.<Callable<?>>of(lock::tryAcquire, lock::acquire)) {
      Callers.Calling<?> calling = call(acquire::call);
      Await.pause(Duration.ofMillis(100));
      long start = System.nanoTime();
      calling.interrupt();
      Throwable failure = failure(calling.outcome);
      if (!(blocks && failure instanceof TyerException)) {
        assertThat(failure).isInstanceOf(InterruptedException.class);
      }
      assertThat(since(start)).isLessThan(SLACK);
    }
    link.link(LinkState.SOUND);
    theirs.tryAcquire(LONG).orElseThrow().close();
  }

  @Test
  @Shows(value = L2, under = Fault.LOST_REPLY)
  void anInterruptBeforeALostReplyLeavesNoTicket() throws Exception {
    require(Feature.ONE_SESSION);
    String name = name("reply");
    Tyer one = client();
    Seat link = seat();
    Tyer two = behind(link, "500ms");
    link.loseNextReply();
    Callers.Calling<Lease> calling = call(two.lock(name)::acquire);
    awaitLine(one, name, 1);
    calling.interrupt();
    try {
      get(calling.outcome).close();
    } catch (ExecutionException e) {
      assertThat(e.getCause()).isInstanceOf(InterruptedException.class);
    }
    awaitLine(one, name, 0);
    one.lock(name).tryAcquire(LONG).orElseThrow().close();
  }

  @Test
  @Shows(value = L2, under = Fault.CUT)
  void anInterruptInLineWhileTheLinkIsCutLeavesNoTicketAfterwards() throws Exception {
    String name = name("cut");
    Tyer one = client();
    Seat link = seat();
    Tyer two = behind(link, "500ms");
    Lease held = one.lock(name).acquire();
    Callers.Calling<Lease> calling = call(two.lock(name)::acquire);
    awaitLine(one, name, 2);
    link.link(LinkState.CUT);
    long start = System.nanoTime();
    calling.interrupt();
    assertThat(failure(calling.outcome)).isInstanceOf(InterruptedException.class);
    assertThat(since(start)).isLessThan(SLACK);
    assertThat(inLine(one, name)).isEqualTo(2);
    link.link(LinkState.SOUND);
    awaitLine(one, name, 1);
    held.close();
  }

  @Test
  @Shows({L2, S1})
  void anInterruptAtTheMomentOfTheGrantIsOneOrTheOther() throws Exception {
    String name = name("race");
    DistributedLock ours = client().lock(name);
    DistributedLock theirs = client().lock(name);
    Race race = new Race();
    Lease held = ours.acquire();
    while (race.goesOn()) {
      Lease released = held;
      Callers.Calling<Lease> wait = call(theirs::acquire);
      Callers.Calling<Boolean> release =
          call(
              () -> {
                Await.pause(race.release());
                released.close();
                return true;
              });
      Await.pause(race.end());
      wait.interrupt();
      get(release.outcome);
      boolean granted = isGranted(wait.outcome);
      race.wasGranted(granted);
      if (granted) {
        assertThat(ours.tryAcquire().asOptional()).as("the other one holds it").isEmpty();
        assertThat(get(wait.outcome).isValid()).isTrue();
        get(wait.outcome).close();
      }
      held = ours.tryAcquire(LONG).orElseThrow();
    }
    held.close();
    race.wentBothWays();
  }

  private static boolean isGranted(CompletableFuture<Lease> outcome) throws Exception {
    try {
      return get(outcome) != null;
    } catch (ExecutionException e) {
      assertThat(e.getCause()).isInstanceOf(InterruptedException.class);
      return false;
    }
  }
}
