package io.tyer.testkit.contract;

import static io.tyer.testkit.contract.Promise.API;
import static io.tyer.testkit.contract.Promise.L1;
import static io.tyer.testkit.contract.Promise.L2;
import static io.tyer.testkit.contract.Promise.S1;
import static io.tyer.testkit.contract.Promise.S4;
import static io.tyer.testkit.contract.Promise.S5;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tyer.DistributedLock;
import io.tyer.Lease;
import io.tyer.LeaseLostException;
import io.tyer.LossCause;
import io.tyer.Tyer;
import io.tyer.TyerOption;
import io.tyer.testkit.fault.LinkState;
import io.tyer.testkit.host.Await;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A loss is final, and the client goes on after it. */
public abstract class AfterLossContract extends ContractTest {

  @BeforeEach
  void expectLosses() {
    expectWarning("is lost: no beat was acknowledged in time");
  }

  /** Cuts the link until the lease is lost. */
  private static void lose(Seat link, Lease lease) throws Exception {
    link.link(LinkState.CUT);
    assertThat(get(lossOf(lease))).isEqualTo(LossCause.UNPROVED);
  }

  private static void assertLost(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            LeaseLostException.class,
            lost -> assertThat(lost.lossCause()).isEqualTo(LossCause.UNPROVED));
  }

  @Test
  @Shows(value = API, under = Fault.CUT)
  void aLostLeaseSaysSoWhateverItIsAsked() throws Exception {
    require(Feature.ONE_SESSION);
    Seat link = seat();
    Tyer one = open(shortLived(link));
    Lease asked = one.lock(name("asked")).acquire();
    Lease unasked = one.lock(name("unasked")).acquire();
    Lease read = one.readWriteLock(name("read")).readLock().acquire();
    long token = asked.token();
    assertThat(asked.remaining()).isPositive().isLessThan(SHORT);
    lose(link, asked);
    for (Lease lease : new Lease[] {asked, unasked, read}) {
      assertThat(lease.isValid()).isFalse();
      assertThat(lease.remaining()).isZero();
      assertLost(lease::checkValid);
    }
    assertThat(asked.token()).as("known from before").isEqualTo(token);
    assertLost(unasked::token);
    assertLost(asked::downgrade);
    assertThatThrownBy(read::downgrade).isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  @Shows(
      value = {L2, API},
      under = Fault.CUT)
  void closingALostLeaseDoesNotThrow() throws Exception {
    String name = name("closed");
    Seat link = seat();
    Tyer one = open(shortLived(link));
    Lease lease = one.lock(name).acquire();
    Lease other = one.lock(name("async")).acquire();
    lose(link, lease);
    long start = System.nanoTime();
    lease.close();
    lease.close();
    get(other.closeAsync());
    assertThat(Outcomes.since(start)).isLessThan(Outcomes.SLACK);
    assertThat(lease.isValid() || other.isValid()).isFalse();
    assertThat(get(lossOf(lease))).as("lost before").isEqualTo(LossCause.UNPROVED);
    link.link(LinkState.SOUND);
    client().lock(name).tryAcquire(LONG).orElseThrow().close();
  }

  @Test
  @Shows(
      value = {S5, S1},
      under = Fault.CUT)
  void aLossIsFinalThoughTheLinkHeals() throws Exception {
    String name = name("final");
    Seat link = seat();
    Tyer one = open(shortLived(link));
    Lease lost = one.lock(name).acquire();
    lose(link, lost);
    link.link(LinkState.SOUND);
    try (Lease next = one.lock(name).tryAcquire(LONG).orElseThrow()) {
      assertThat(next.isValid()).isTrue();
      assertLost(lost::checkValid);
      lost.close();
      assertThat(client().lock(name).tryAcquire().asOptional())
          .as("closing a lost lease takes nothing from the next one")
          .isEmpty();
      // More than a beat of the new session proves nothing of the old one.
      Await.pause(Duration.ofMillis(300));
      assertThat(next.isValid()).isTrue();
      assertThat(lost.isValid()).isFalse();
      assertThat(next.token()).isPositive();
    }
  }

  @Test
  @Shows(
      value = {S5, S1},
      under = Fault.LOST_REPLY)
  void aBeatThatIsAcknowledgedTooLateRevivesNothing() throws Exception {
    String name = name("late");
    Seat link = seat();
    Tyer one = open(shortLived(link));
    DistributedLock theirs = client().lock(name);
    Lease lost = one.lock(name).acquire();
    link.link(LinkState.REPLIES_LATE);
    assertThat(get(lossOf(lost))).isEqualTo(LossCause.UNPROVED);
    assertThat(link.faultsStruck()).as("acknowledgements held back").isPositive();
    // The store has seen beats all the time; the client has given up for good all the same.
    link.link(LinkState.SOUND);
    assertThat(lost.isValid()).as("when they have arrived").isFalse();
    try (Lease next = theirs.tryAcquire(LONG).orElseThrow()) {
      assertThat(next.isValid()).isTrue();
      assertLost(lost::checkValid);
    }
    assertThat(lost.isValid()).isFalse();
  }

  @Test
  @Shows(
      value = {L1, S4},
      under = Fault.CUT)
  void aWaitGoesOnUnderANewSessionAtTheEndOfTheLine() throws Exception {
    String name = name("again");
    Tyer one = client();
    Seat link = seat();
    Calls calls = new Calls();
    Tyer two = open(shortLived(link).listener(calls));
    Lease lost = two.lock(name("lost")).acquire();
    Lease held = one.lock(name).acquire();
    CompletableFuture<Lease> cut = two.lock(name).acquireAsync();
    awaitLine(one, name, 2);
    calls.awaitEntered(2);
    CompletableFuture<Lease> behind = client().lock(name).acquireAsync();
    awaitLine(one, name, 3);
    String before = one.operator().locks(name).get(0).line().get(1).session();
    lose(link, lost);
    link.link(LinkState.SOUND);
    Await.until(
        "entered again, at the end",
        () -> {
          var line = one.operator().locks(name).get(0).line();
          return line.size() == 3 && !line.get(1).session().equals(before);
        });
    assertThat(cut).isNotDone();
    held.close();
    Lease first = get(behind);
    assertThat(cut).isNotDone();
    first.close();
    get(cut).close();
  }

  @Test
  @Shows(
      value = {L1, L2},
      under = Fault.CUT)
  void aTimeOutCountsOnThroughALoss() throws Exception {
    String name = name("timed");
    Tyer one = client();
    Seat link = seat();
    Lease held = one.lock(name).acquire();
    Duration wait = Duration.ofMillis(2500);
    Calls calls = new Calls();
    Tyer two = open(shortLived(link).listener(calls));
    long start = System.nanoTime();
    var timed = two.lock(name).tryAcquireAsync(wait);
    awaitLine(one, name, 2);
    calls.awaitEntered(1);
    link.link(LinkState.CUT);
    Await.pause(SHORT.plusMillis(100));
    link.link(LinkState.SOUND);
    assertThat(get(timed).asOptional()).isEmpty();
    assertThat(Outcomes.since(start)).isBetween(wait, wait.plus(Outcomes.SLACK));
    awaitLine(one, name, 1);
    held.close();
  }

  @Test
  @Shows(value = S1, under = Fault.CUT)
  void aShortCutIsNoLoss() throws Exception {
    String name = name("short");
    Seat link = seat();
    Tyer one =
        open(
            link.client()
                .ttl(LONG)
                .option(TyerOption.BEAT, "100ms")
                .option(TyerOption.OPERATION_TIMEOUT, "300ms"));
    Lease lease = one.lock(name).acquire();
    CompletableFuture<LossCause> lost = lossOf(lease);
    long token = lease.token();
    for (LinkState outage : new LinkState[] {LinkState.CUT, LinkState.REFUSING}) {
      link.link(outage);
      Await.pause(Duration.ofMillis(400));
      assertThat(lease.isValid()).isTrue();
      link.link(LinkState.SOUND);
      assertThat(client().lock(name).tryAcquire().asOptional()).isEmpty();
    }
    Await.until("a beat is acknowledged again", () -> lease.remaining().compareTo(seconds(26)) > 0);
    lease.checkValid();
    assertThat(lease.token()).isEqualTo(token);
    lease.close();
    assertThat(lost).isNotDone();
  }

  private static Duration seconds(int seconds) {
    return Duration.ofSeconds(seconds);
  }

  @Test
  @Shows(
      value = {L1, L2},
      under = Fault.CUT)
  void aClientThatHasLostItsSessionWorksOnAfterTheCut() throws Exception {
    Seat link = seat();
    Tyer one = open(shortLived(link));
    for (int i = 0; i < 2; i++) {
      String name = name("again");
      try (Lease lease = one.lock(name).tryAcquire(LONG).orElseThrow()) {
        lose(link, lease);
      }
      link.link(LinkState.SOUND);
      one.lock(name).tryAcquire(LONG).orElseThrow().close();
    }
    assertThat(one.operator().locks("again")).isEmpty();
  }
}
