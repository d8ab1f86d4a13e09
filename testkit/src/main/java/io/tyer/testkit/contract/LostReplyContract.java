package io.tyer.testkit.contract;

import static io.tyer.testkit.contract.Promise.API;
import static io.tyer.testkit.contract.Promise.L1;
import static io.tyer.testkit.contract.Promise.L2;
import static io.tyer.testkit.contract.Promise.S1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tyer.Lease;
import io.tyer.OptionalLease;
import io.tyer.OutcomeUnknownException;
import io.tyer.Tyer;
import io.tyer.TyerOption;
import io.tyer.testkit.host.Await;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * Requests that take effect while their reply is lost: nothing leaks, and a retry finds its own.
 */
public abstract class LostReplyContract extends ContractTest {

  /** A client that does not wait long for a reply, but keeps its session meanwhile. */
  private Tyer impatient(Seat seat) {
    return open(seat.client().ttl(LONG).option(TyerOption.OPERATION_TIMEOUT, "400ms"));
  }

  @Test
  @Shows(
      value = {L2, API},
      under = Fault.LOST_REPLY)
  void aTryIsOfUnknownOutcomeAndLeavesNoTicket() throws Exception {
    String a = name("a");
    Seat seat = seat();
    Tyer one = impatient(seat);
    seat.loseNextReply();
    assertThatThrownBy(() -> one.lock(a).tryAcquire()).isInstanceOf(OutcomeUnknownException.class);
    struckSince(0, seat);
    awaitLine(client(), a, 0);
    one.lock(a).acquire().close();
  }

  @Test
  @Shows(
      value = {L2, S1},
      under = Fault.LOST_REPLY)
  void aWaitIsOfUnknownOutcomeAndWaitingAgainIsSafe() throws Exception {
    String a = name("a");
    Seat seat = seat();
    Tyer one = impatient(seat);
    Tyer other = client();
    seat.loseNextReply();
    assertThatThrownBy(() -> one.lock(a).acquire()).isInstanceOf(OutcomeUnknownException.class);
    struckSince(0, seat);
    try (Lease lease = one.lock(a).acquire()) {
      assertThat(lease.isValid()).isTrue();
      awaitLine(other, a, 1);
      assertThat(Line.granted(other, a)).containsExactly(true);
      assertThat(other.lock(a).tryAcquire().asOptional()).isEmpty();
    }
    awaitLine(other, a, 0);
  }

  @Test
  @Shows(value = L2, under = Fault.LOST_REPLY)
  void aTicketThatWaitsUnknownToItsClientHoldsNobodyUp() throws Exception {
    String a = name("a");
    Seat seat = seat();
    Tyer one = impatient(seat);
    Tyer other = client();
    Lease held = other.lock(a).acquire();
    seat.loseNextReply();
    Callers.Calling<OptionalLease> waiting = call(() -> one.lock(a).tryAcquire(LONG));
    assertThat(Outcomes.failure(waiting.outcome)).isInstanceOf(OutcomeUnknownException.class);
    struckSince(0, seat);
    awaitLine(other, a, 1);
    assertThat(held.isValid()).isTrue();
    held.close();
    client().lock(a).acquire().close();
  }

  @Test
  @Shows(
      value = {L2, API},
      under = Fault.LOST_REPLY)
  void aTimedWaitThatEndsBeforeTheOutcomeIsKnownLeavesNoTicket() throws Exception {
    String a = name("a");
    Seat seat = seat();
    Tyer one = impatient(seat);
    seat.loseNextReply();
    long start = System.nanoTime();
    assertThatThrownBy(() -> one.lock(a).tryAcquire(Duration.ofMillis(100)))
        .isInstanceOf(OutcomeUnknownException.class);
    assertThat(Outcomes.since(start)).isLessThan(Outcomes.SLACK);
    struckSince(0, seat);
    awaitLine(client(), a, 0);
  }

  @Test
  @Shows(value = L1, under = Fault.LOST_REPLY)
  void aLeaveIsFinishedInTheBackground() throws Exception {
    leavesInTheBackgroundWhen(Seat::loseNextReply);
  }

  @Test
  @Shows(value = L1, under = Fault.RESET)
  void aLeaveThatDidNotArriveIsFinishedInTheBackground() throws Exception {
    leavesInTheBackgroundWhen(Seat::resetNextBefore);
  }

  private void leavesInTheBackgroundWhen(Consumer<Seat> lost) throws Exception {
    String a = name("a");
    expectWarning("has not confirmed that lock .* was given back");
    Seat seat = seat();
    Tyer one = impatient(seat);
    Tyer other = client();
    Lease lease = one.lock(a).acquire();
    lost.accept(seat);
    lease.close();
    assertThat(lease.isValid()).isFalse();
    try (Lease next = other.lock(a).acquire()) {
      struckSince(0, seat);
      // Its leave may be repeated: it must not take what is another's by now.
      Await.pause(Duration.ofSeconds(1));
      assertThat(next.isValid()).isTrue();
      assertThat(Line.granted(other, a)).containsExactly(true);
    }
    one.lock(a).acquire().close();
  }

  @Test
  @Shows(
      value = {API, S1},
      under = Fault.LOST_REPLY)
  void aDowngradeOfUnknownOutcomeIsSettledByCallingItAgain() throws Exception {
    String a = name("a");
    Seat seat = seat();
    Tyer one = impatient(seat);
    Tyer other = client();
    try (Lease lease = one.readWriteLock(a).writeLock().acquire()) {
      seat.loseNextReply();
      assertThatThrownBy(lease::downgrade).isInstanceOf(OutcomeUnknownException.class);
      struckSince(0, seat);
      assertThat(lease.isValid()).isTrue();
      assertThat(other.lock(a).tryAcquire().asOptional()).isEmpty();
      lease.downgrade();
      other.readWriteLock(a).readLock().tryAcquire().orElseThrow().close();
      assertThat(lease.isValid()).isTrue();
    }
    awaitLine(other, a, 0);
  }

  @Test
  @Shows(value = API, under = Fault.LOST_REPLY)
  void anOpeningOfUnknownOutcomeIsRepeatedByOpeningAgain() throws Exception {
    require(Feature.ONE_SESSION);
    Seat seat = seat();
    seat.loseNextReply();
    assertThatThrownBy(() -> shortLived(seat).open()).isInstanceOf(OutcomeUnknownException.class);
    struckSince(0, seat);
    Tyer again = open(shortLived(seat));
    again.lock(name("a")).acquire().close();
    // What the first one opened dies of missing beats.
    Await.until("one session", () -> store.look().sessions() == 1);
  }

  @Test
  @Shows(value = API, under = Fault.LOST_REPLY)
  void aListingOfUnknownOutcomeIsRepeated() throws Exception {
    Seat seat = seat();
    // A listing waits for nothing else than this, and is to connect again within it.
    Tyer one = open(seat.client().ttl(LONG).option(TyerOption.OPERATION_TIMEOUT, "3s"));
    seat.loseNextReply();
    assertThatThrownBy(() -> one.operator().locks("")).isInstanceOf(OutcomeUnknownException.class);
    struckSince(0, seat);
    assertThat(one.operator().locks("")).isEmpty();
  }
}
