package io.tyer.testkit.contract;

import static io.tyer.testkit.contract.Promise.API;
import static io.tyer.testkit.contract.Promise.L2;
import static io.tyer.testkit.contract.Promise.S1;
import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.DistributedLock;
import io.tyer.Lease;
import io.tyer.OptionalLease;
import io.tyer.Retry;
import io.tyer.Tyer;
import io.tyer.TyerOption;
import io.tyer.testkit.fault.LinkState;
import io.tyer.testkit.host.Await;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** A future that is cancelled withdraws its ticket, whenever that happens. */
public abstract class CancelContract extends ContractTest {

  private Tyer behind(Seat link, String operationTimeout) {
    return open(link.client().ttl(LONG).option(TyerOption.OPERATION_TIMEOUT, operationTimeout));
  }

  @Test
  @Shows(L2)
  void cancellingAWaitLeavesTheLine() throws Exception {
    String name = name("waits");
    Tyer one = client();
    DistributedLock theirs = client().lock(name);
    try (Lease held = one.lock(name).acquire()) {
      for (CompletableFuture<?> wait :
          List.of(theirs.acquireAsync(), theirs.tryAcquireAsync(LONG))) {
        awaitLine(one, name, 2);
        assertThat(wait.cancel(false)).isTrue();
        assertThat(wait).isCancelled();
      }
      awaitLine(one, name, 1);
      assertThat(held.isValid()).isTrue();
    }
  }

  @Test
  @Shows(L2)
  void cancellingAtOnceLeavesNothing() throws Exception {
    String name = name("once");
    Tyer one = client();
    DistributedLock theirs = client().lock(name);
    for (int i = 0; i < 20; i++) {
      List<CompletableFuture<?>> all =
          List.of(theirs.acquireAsync(), theirs.tryAcquireAsync(), theirs.tryAcquireAsync(LONG));
      for (CompletableFuture<?> each : all) {
        if (!each.cancel(false)) {
          closeIfHeld(get(each));
        }
      }
    }
    awaitLine(one, name, 0);
    // An enter may be on its way still, and is withdrawn when it has come.
    one.lock(name).tryAcquire(LONG).orElseThrow().close();
  }

  private static void closeIfHeld(Object outcome) {
    Object lease =
        outcome instanceof OptionalLease optional ? optional.asOptional().orElse(null) : outcome;
    if (lease instanceof Lease held) {
      held.close();
    }
  }

  @Test
  @Shows(API)
  void cancellingAfterTheGrantChangesNothing() throws Exception {
    String name = name("after");
    DistributedLock theirs = client().lock(name);
    CompletableFuture<Lease> granted = client().lock(name).acquireAsync();
    try (Lease lease = get(granted)) {
      assertThat(granted.cancel(true)).isFalse();
      assertThat(lease.isValid()).isTrue();
      assertThat(theirs.tryAcquire().asOptional()).isEmpty();
    }
  }

  @Test
  @Shows(L2)
  void aGrantThatWasMadeWhenItIsCancelledIsGivenBack() throws Exception {
    String name = name("made");
    Queue<Runnable> callbacks = new ConcurrentLinkedQueue<>();
    Tyer one = open(seat().client().ttl(LONG).callbackExecutor(callbacks::add));
    DistributedLock theirs = client().lock(name);
    CompletableFuture<Lease> granted = one.lock(name).acquireAsync();
    Await.until("granted, and about to be told", () -> !callbacks.isEmpty());
    assertThat(theirs.tryAcquire().asOptional()).isEmpty();
    assertThat(granted.cancel(false)).isTrue();
    callbacks.remove().run();
    theirs.tryAcquire(LONG).orElseThrow().close();
  }

  @Test
  @Shows({L2, S1})
  void cancellingAtTheMomentOfTheGrantIsOneOrTheOther() throws Exception {
    String name = name("race");
    DistributedLock ours = client().lock(name);
    DistributedLock theirs = client().lock(name);
    Race race = new Race();
    Lease held = ours.acquire();
    while (race.goesOn()) {
      Lease released = held;
      CompletableFuture<Lease> wait = theirs.acquireAsync();
      Callers.Calling<Boolean> release =
          call(
              () -> {
                Await.pause(race.release());
                released.close();
                return true;
              });
      Await.pause(race.end());
      boolean cancelled = wait.cancel(false);
      get(release.outcome);
      race.wasGranted(!cancelled);
      if (!cancelled) {
        assertThat(ours.tryAcquire().asOptional()).as("the other one holds it").isEmpty();
        assertThat(get(wait).isValid()).isTrue();
        get(wait).close();
      }
      held = ours.tryAcquire(LONG).orElseThrow();
    }
    held.close();
    race.wentBothWays();
  }

  @Test
  @Shows(value = L2, under = Fault.LOST_REPLY)
  void cancellingBeforeALostReplyLeavesNoTicket() throws Exception {
    require(Feature.ONE_SESSION);
    String name = name("reply");
    Tyer one = client();
    Seat link = seat();
    // Who gives the reply up before it is cancelled asks again, and is granted.
    Tyer two = behind(link, "3s");
    link.loseNextReply();
    CompletableFuture<Lease> wait = two.lock(name).acquireAsync();
    awaitLine(one, name, 1);
    assertThat(wait.cancel(false)).isTrue();
    awaitLine(one, name, 0);
    one.lock(name).tryAcquire(LONG).orElseThrow().close();
  }

  @Test
  @Shows(value = L2, under = Fault.CUT)
  void cancellingWhileTheLinkIsCutLeavesNoTicketAfterwards() throws Exception {
    leavesNothingThrough(LinkState.CUT);
  }

  @Test
  @Shows(value = L2, under = Fault.REFUSED)
  void cancellingWhileConnectionsAreRefusedLeavesNoTicketAfterwards() throws Exception {
    leavesNothingThrough(LinkState.REFUSING);
  }

  @Test
  @Shows(value = L2, under = Fault.LOST_REPLY)
  void cancellingWhileRepliesAreLostLeavesNoTicketAfterwards() throws Exception {
    leavesNothingThrough(LinkState.REPLIES_LOST);
  }

  private void leavesNothingThrough(LinkState outage) throws Exception {
    String name = name("outage");
    String free = name("free");
    Tyer one = client();
    Seat link = seat();
    Tyer two = behind(link, "500ms");
    Lease held = one.lock(name).acquire();
    CompletableFuture<Lease> inLine = two.lock(name).acquireAsync();
    awaitLine(one, name, 2);
    link.link(outage);
    CompletableFuture<Lease> asked = two.lock(free).acquireAsync();
    assertThat(inLine.cancel(false)).isTrue();
    assertThat(asked.cancel(false)).isTrue();
    link.link(LinkState.SOUND);
    awaitLine(one, name, 1);
    one.lock(free).tryAcquire(LONG).orElseThrow().close();
    held.close();
  }

  @Test
  @Shows(L2)
  void aFutureThatItsUserEndsLeavesTheLine() throws Exception {
    String name = name("user");
    Tyer one = client();
    try (Lease held = one.lock(name).acquire()) {
      CompletableFuture<Lease> impatient =
          client().lock(name).acquireAsync().orTimeout(100, TimeUnit.MILLISECONDS);
      assertThat(Outcomes.failure(impatient)).isInstanceOf(TimeoutException.class);
      awaitLine(one, name, 1);
      assertThat(held.isValid()).isTrue();
    }
  }

  @Test
  @Shows(L2)
  void cancellingRetriesEndsThem() throws Exception {
    String name = name("retries");
    Tyer one = client();
    Retry quick = Retry.times(1_000_000).withPauses(Duration.ofMillis(1), Duration.ofMillis(1));
    Lease held = one.lock(name).acquire();
    CompletableFuture<OptionalLease> retried = client().lock(name).tryAcquireAsync(quick);
    Await.pause(Duration.ofMillis(50));
    assertThat(retried.cancel(false)).isTrue();
    held.close();
    for (int i = 0; i < 10; i++) {
      Await.pause(Duration.ofMillis(5));
      // Were it still trying, it would get the lock now and then, and keep it.
      one.lock(name).tryAcquire(LONG).orElseThrow().close();
    }
    awaitLine(one, name, 0);
  }
}
