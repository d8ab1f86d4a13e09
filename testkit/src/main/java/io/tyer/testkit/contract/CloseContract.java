package io.tyer.testkit.contract;

import static io.tyer.testkit.contract.Outcomes.SLACK;
import static io.tyer.testkit.contract.Outcomes.failure;
import static io.tyer.testkit.contract.Outcomes.since;
import static io.tyer.testkit.contract.Promise.L2;
import static io.tyer.testkit.contract.Promise.L3;
import static io.tyer.testkit.contract.Promise.S1;
import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.DistributedLock;
import io.tyer.Lease;
import io.tyer.Retry;
import io.tyer.Tyer;
import io.tyer.TyerClosedException;
import io.tyer.TyerOption;
import io.tyer.testkit.fault.LinkState;
import io.tyer.testkit.host.Await;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A client that is closed ends all its waits at once and leaves nothing in the store. */
public abstract class CloseContract extends ContractTest {

  @Test
  @Shows({L2, L3})
  void closingFailsAllWhoWait() throws Exception {
    String name = name("waits");
    Tyer one = client();
    Tyer two = client();
    DistributedLock theirs = two.lock(name);
    Retry retry = Retry.times(1000).withPauses(LONG, LONG);
    Lease held = one.lock(name).acquire();
    // Tries first: they would not overtake the others, and be busy for good.
    Callers.Calling<?> retried = call(() -> theirs.tryAcquire(retry));
    Await.until("it pauses", retried::isBlocked);
    CompletableFuture<?> retriedAsync = theirs.tryAcquireAsync(retry);
    List<Callers.Calling<?>> blocked =
        List.of(
            call(theirs::acquire),
            call(theirs::acquireUninterruptibly),
            call(() -> theirs.tryAcquire(LONG)));
    for (Callers.Calling<?> calling : blocked) {
      Await.until("it waits", calling::isBlocked);
    }
    awaitLine(one, name, 2);
    List<CompletableFuture<?>> waits = new ArrayList<>();
    blocked.forEach(calling -> waits.add(calling.outcome));
    waits.addAll(List.of(retried.outcome, retriedAsync));
    waits.addAll(List.of(theirs.acquireAsync(), theirs.tryAcquireAsync(LONG)));
    long start = System.nanoTime();
    two.close();
    for (CompletableFuture<?> wait : waits) {
      assertThat(failure(wait)).isInstanceOf(TyerClosedException.class);
    }
    assertThat(since(start)).isLessThan(SLACK);
    assertThat(inLine(one, name)).isEqualTo(1);
    held.close();
  }

  @Test
  @Shows(
      value = {L2, L3},
      under = Fault.LOST_REPLY)
  void closingWhileAReplyIsMissingLeavesNoTicket() throws Exception {
    require(Feature.ONE_SESSION);
    String name = name("reply");
    Tyer one = client();
    Seat link = seat();
    // Who gives the reply up before the close asks again, and is granted.
    Tyer two = open(link.client().ttl(LONG).option(TyerOption.OPERATION_TIMEOUT, "3s"));
    link.loseNextReply();
    CompletableFuture<Lease> wait = two.lock(name).acquireAsync();
    awaitLine(one, name, 1);
    two.close();
    assertThat(failure(wait)).isInstanceOf(TyerClosedException.class);
    awaitLine(one, name, 0);
    one.lock(name).tryAcquire(LONG).orElseThrow().close();
  }

  @Test
  @Shows(
      value = {L2, L3, S1},
      under = Fault.CUT)
  void closingWhileTheLinkIsCutEndsInTimeAndTheSessionDies() throws Exception {
    expectWarning("is lost: the client that held it was closed");
    String name = name("cut");
    Seat link = seat();
    Tyer one = open(shortLived(link));
    DistributedLock theirs = client().lock(name);
    Lease lost = one.lock(name).acquire();
    CompletableFuture<Lease> never = one.lock(name).acquireAsync();
    link.link(LinkState.CUT);
    long start = System.nanoTime();
    one.close();
    assertThat(since(start)).isLessThan(SLACK);
    assertThat(lost.isValid()).isFalse();
    assertThat(failure(never)).isInstanceOf(TyerClosedException.class);
    theirs.tryAcquire(LONG).orElseThrow().close();
    assertThat(since(start)).isLessThan(SHORT.plus(SLACK));
  }

  @Test
  @Shows({L2, L3})
  void closingAmongManyWhoComeAndGoLeavesNothing() throws Exception {
    expectWarning("is lost: the client that held it was closed");
    String name = name("busy");
    Tyer one = client();
    for (int round = 0; round < 5; round++) {
      Tyer two = client();
      List<Callers.Calling<Lease>> callings = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        String wanted = name + i % 3;
        callings.add(
            call(
                () -> {
                  while (true) {
                    two.lock(wanted).acquire().close();
                  }
                }));
      }
      Await.until("they are at it", () -> !one.operator().locks(name).isEmpty());
      two.close();
      for (Callers.Calling<Lease> calling : callings) {
        assertThat(failure(calling.outcome)).isInstanceOf(TyerClosedException.class);
      }
      assertThat(one.operator().locks(name)).isEmpty();
    }
  }

  @Test
  @Shows({L2, L3})
  void closingIsNotInterruptible() throws Exception {
    expectWarning("is lost: the client that held it was closed");
    String name = name("flagged");
    Tyer one = client();
    Tyer two = client();
    Lease lost = two.lock(name).acquire();
    Callers.Calling<Boolean> calling =
        call(
            () -> {
              Thread.currentThread().interrupt();
              two.close();
              return Thread.currentThread().isInterrupted();
            });
    assertThat(get(calling.outcome)).as("the flag").isTrue();
    assertThat(lost.isValid()).isFalse();
    assertThat(inLine(one, name)).isZero();
  }
}
