package io.tyer.testkit.contract;

import static io.tyer.testkit.contract.Outcomes.SLACK;
import static io.tyer.testkit.contract.Outcomes.failure;
import static io.tyer.testkit.contract.Outcomes.since;
import static io.tyer.testkit.contract.Promise.L2;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tyer.DistributedLock;
import io.tyer.Lease;
import io.tyer.OptionalLease;
import io.tyer.OutcomeUnknownException;
import io.tyer.Retry;
import io.tyer.StoreUnreachableException;
import io.tyer.Tyer;
import io.tyer.TyerBuilder;
import io.tyer.TyerOption;
import io.tyer.testkit.fault.LinkState;
import io.tyer.testkit.host.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** While the store cannot be reached waits end in time too, and nobody is told <em>busy</em>. */
public abstract class OutageContract extends ContractTest {

  private static final Duration OPERATION = Duration.ofMillis(500);
  private static final Duration WAIT = Duration.ofMillis(300);

  private static TyerBuilder behind(Seat link) {
    return link.client().ttl(LONG).option(TyerOption.OPERATION_TIMEOUT, "500ms");
  }

  private static void assertOutage(@Nullable Throwable failure) {
    assertThat(failure)
        .isInstanceOfAny(StoreUnreachableException.class, OutcomeUnknownException.class);
  }

  @Test
  @Shows(value = L2, under = Fault.CUT)
  void aStoreThatDoesNotAnswerIsNotBusy() throws Exception {
    nothingIsBusyUnder(LinkState.CUT);
  }

  @Test
  @Shows(value = L2, under = Fault.REFUSED)
  void aStoreThatRefusesConnectionsIsNotBusy() throws Exception {
    nothingIsBusyUnder(LinkState.REFUSING);
  }

  @Test
  @Shows(value = L2, under = Fault.LOST_REPLY)
  void aStoreWhoseRepliesAreLostIsNotBusyAndKeepsNoTicket() throws Exception {
    nothingIsBusyUnder(LinkState.REPLIES_LOST);
  }

  /** All ways to acquire a lock that is free; none of them may say that it is busy. */
  private void nothingIsBusyUnder(LinkState outage) throws Exception {
    Seat link = seat();
    Tyer one = open(behind(link));
    Tyer two = client();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      names.add(name("free"));
    }
    List<DistributedLock> locks = names.stream().map(one::lock).toList();
    Retry retry = Retry.times(3);
    link.link(outage);
    long start = System.nanoTime();
    List<CompletableFuture<?>> calls =
        List.of(
            call(locks.get(0)::acquire).outcome,
            call(locks.get(1)::acquireUninterruptibly).outcome,
            call(locks.get(2)::tryAcquire).outcome,
            call(() -> locks.get(3).tryAcquire(WAIT)).outcome,
            call(() -> locks.get(4).tryAcquire(retry)).outcome,
            locks.get(5).acquireAsync(),
            locks.get(6).tryAcquireAsync(),
            locks.get(7).tryAcquireAsync(WAIT),
            locks.get(8).tryAcquireAsync(retry));
    for (CompletableFuture<?> call : calls) {
      assertOutage(failure(call));
    }
    assertThat(since(start)).isLessThan(OPERATION.multipliedBy(2).plus(SLACK));
    link.link(LinkState.SOUND);
    for (String name : names) {
      two.lock(name).tryAcquire(LONG).orElseThrow().close();
      isGrantedAgain(one.lock(name));
    }
  }

  /** On a busy machine a request may take longer than this client waits for its answer. */
  private static void isGrantedAgain(DistributedLock lock) throws Exception {
    Await.until(
        "it is granted again",
        () -> {
          try {
            lock.tryAcquire(LONG).orElseThrow().close();
            return true;
          } catch (StoreUnreachableException | OutcomeUnknownException e) {
            return false;
          }
        });
  }

  @Test
  @Shows(value = L2, under = Fault.CUT)
  void aTimeOutInLineIsInTimeThoughTheStoreDoesNotAnswer() throws Exception {
    endsInTimeUnder(LinkState.CUT);
  }

  @Test
  @Shows(value = L2, under = Fault.REFUSED)
  void aTimeOutInLineIsInTimeThoughConnectionsAreRefused() throws Exception {
    endsInTimeUnder(LinkState.REFUSING);
  }

  /** It was busy when last heard of, so it may be said to be, if the outage was not noticed. */
  private void endsInTimeUnder(LinkState outage) throws Exception {
    String name = name("line");
    Tyer one = client();
    Seat link = seat();
    DistributedLock theirs = open(behind(link)).lock(name);
    Lease held = one.lock(name).acquire();
    long start = System.nanoTime();
    Duration wait = Duration.ofSeconds(1);
    CompletableFuture<OptionalLease> future = theirs.tryAcquireAsync(wait);
    awaitLine(one, name, 2);
    link.link(outage);
    try {
      assertThat(get(future).asOptional()).isEmpty();
    } catch (ExecutionException e) {
      assertOutage(e.getCause());
    }
    assertThat(since(start)).isBetween(wait, wait.plus(SLACK));
    link.link(LinkState.SOUND);
    awaitLine(one, name, 1);
    held.close();
  }

  @Test
  @Shows(value = L2, under = Fault.LOST_REPLY)
  void aTimeOutBeforeALostReplyLeavesNoTicketInLine() throws Exception {
    String name = name("reply");
    Tyer one = client();
    Seat link = seat();
    DistributedLock theirs = open(behind(link)).lock(name);
    Lease held = one.lock(name).acquire();
    link.loseNextReply();
    assertOutage(failure(theirs.tryAcquireAsync(WAIT)));
    awaitLine(one, name, 1);
    held.close();
    one.lock(name).tryAcquire().orElseThrow().close();
  }

  @Test
  @Shows(value = L2, under = Fault.RESET)
  void aWaitGoesOnWhenTheConnectionBreaksInItsEnter() throws Exception {
    String name = name("settled");
    Tyer one = client();
    Seat link = seat();
    DistributedLock theirs = open(behind(link)).lock(name);
    link.resetNext();
    try (Lease lease = theirs.tryAcquire(LONG).orElseThrow()) {
      assertThat(lease.isValid()).isTrue();
      assertThat(inLine(one, name)).as("one ticket for both attempts").isEqualTo(1);
    }
  }

  @Test
  @Shows(value = L2, under = Fault.RESET)
  void aTryWhoseConnectionBreaksIsNotBusyAndKeepsNoTicket() throws Exception {
    String name = name("reset");
    Seat link = seat();
    DistributedLock theirs = open(behind(link)).lock(name);
    DistributedLock ours = client().lock(name);
    link.resetNext();
    CompletableFuture<OptionalLease> trying = theirs.tryAcquireAsync();
    if (store.whyNot(Feature.ONE_CONNECTION).isEmpty()) {
      assertOutage(failure(trying));
    } else {
      assertOutageOrGranted(trying);
    }
    ours.tryAcquire(LONG).orElseThrow().close();
  }

  /** It is granted where another connection broke. */
  private void assertOutageOrGranted(CompletableFuture<OptionalLease> trying) throws Exception {
    OptionalLease lease;
    try {
      lease = get(trying);
    } catch (ExecutionException e) {
      assertOutage(e.getCause());
      return;
    }
    lease.orElseThrow(() -> new AssertionError("busy")).close();
  }

  @Test
  @Shows(value = L2, under = Fault.REFUSED)
  void aClientThatCannotReachTheStoreIsNotOpened() throws Exception {
    Seat link = seat();
    link.link(LinkState.REFUSING);
    long start = System.nanoTime();
    assertThatThrownBy(() -> behind(link).open())
        .isInstanceOfAny(StoreUnreachableException.class, OutcomeUnknownException.class);
    assertThat(since(start)).isLessThan(OPERATION.multipliedBy(2).plus(SLACK));
    link.link(LinkState.SOUND);
    open(behind(link)).lock(name("opened")).tryAcquire().orElseThrow().close();
  }

  @Test
  @Shows(value = L2, under = Fault.REFUSED)
  void aLazyClientSaysSoAtItsFirstAcquire() throws Exception {
    String name = name("lazy");
    Seat link = seat();
    link.link(LinkState.REFUSING);
    DistributedLock lock = open(behind(link).option(TyerOption.LAZY, "true")).lock(name);
    assertOutage(failure(lock.tryAcquireAsync()));
    assertOutage(failure(call(() -> lock.tryAcquire(WAIT)).outcome));
    link.link(LinkState.SOUND);
    acquiredAfterAnOutage(lock).close();
  }
}
