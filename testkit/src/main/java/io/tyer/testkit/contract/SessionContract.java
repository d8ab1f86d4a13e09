package io.tyer.testkit.contract;

import static io.tyer.testkit.contract.Promise.API;
import static io.tyer.testkit.contract.Promise.L1;
import static io.tyer.testkit.contract.Promise.S1;
import static io.tyer.testkit.contract.Promise.S2;
import static io.tyer.testkit.contract.Promise.S5;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tyer.Lease;
import io.tyer.LeaseLostException;
import io.tyer.LockView;
import io.tyer.LossCause;
import io.tyer.OutcomeUnknownException;
import io.tyer.StoreUnreachableException;
import io.tyer.Tyer;
import io.tyer.TyerOption;
import io.tyer.testkit.fault.LinkState;
import io.tyer.testkit.host.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** One session per client: what keeps it alive, and what comes when it dies. */
public abstract class SessionContract extends ContractTest {

  /** A client whose margin is wide, so that what is told before is seen to come before. */
  private Tyer mortal(Seat seat) {
    return open(shortLived(seat).option(TyerOption.MARGIN, "400ms"));
  }

  @Test
  @Shows(
      value = {S1, S5, L1},
      under = Fault.SILENT_CLIENT)
  void aSilentHolderHoldsOthersOffUntilItsTtlIsOverAndNotLonger() throws Exception {
    String a = name("a");
    expectAnOutage();
    Seat silent = seat();
    Lease held = mortal(silent).lock(a).acquire();
    AtomicLong told = new AtomicLong();
    held.onLost(cause -> told.compareAndSet(0, System.nanoTime()));
    Tyer next = client();
    assertThat(next.lock(a).tryAcquire().asOptional()).isEmpty();
    silent.link(LinkState.SILENT);
    long silentNanos = System.nanoTime();
    // It can be proved until here at least, and the store's TTL ends no sooner than a margin later.
    Duration proved = held.remaining();
    assertThat(proved).isPositive().isLessThanOrEqualTo(Duration.ofMillis(600));
    // Tries see a death sooner than who waits: too early a one, too.
    AtomicReference<@Nullable Lease> theirs = new AtomicReference<>();
    Await.until(
        "granted",
        () -> {
          theirs.set(next.lock(a).tryAcquire().asOptional().orElse(null));
          return theirs.get() != null;
        });
    long granted = System.nanoTime();
    assertThat(held.isValid()).isFalse();
    assertThat(Duration.ofNanos(granted - silentNanos))
        .isGreaterThanOrEqualTo(proved.plusMillis(380))
        .isLessThan(SHORT.plus(Outcomes.SLACK));
    assertThat(told.get()).as("told before the next was granted").isNotZero();
    assertThat(told.get() - granted).as("told before the next was granted").isNegative();
    Lease lease = Objects.requireNonNull(theirs.get());
    assertThat(lease.isValid()).isTrue();
    lease.close();
  }

  @Test
  @Shows(
      value = {S1, S2},
      under = Fault.CUT)
  void whatWasLostStaysLostWhenTheConnectionHeals() throws Exception {
    String a = name("a");
    expectAnOutage();
    Seat cut = seat();
    Tyer one = mortal(cut);
    Lease held = one.lock(a).acquire();
    CompletableFuture<LossCause> lost = lossOf(held);
    long token = held.token();
    Tyer next = client();
    CompletableFuture<Lease> theirs = next.lock(a).acquireAsync();
    awaitLine(next, a, 2);
    cut.link(LinkState.CUT);
    Lease lease = get(theirs);
    assertThat(get(lost)).isEqualTo(LossCause.UNPROVED);
    cut.link(LinkState.SOUND);
    CompletableFuture<Lease> again = one.lock(a).acquireAsync();
    awaitLine(next, a, 2);
    assertThat(held.isValid()).isFalse();
    assertThat(held.remaining()).isZero();
    assertThatThrownBy(held::checkValid).isInstanceOf(LeaseLostException.class);
    held.close();
    assertThat(lease.isValid()).isTrue();
    assertThat(lease.token()).isGreaterThan(token);
    lease.close();
    Lease third = get(again);
    assertThat(third.token()).isGreaterThan(lease.token());
    assertThat(held.isValid()).isFalse();
    third.close();
  }

  @Test
  @Shows(value = S1, under = Fault.CUT)
  void anOutageShorterThanTheTtlLosesNothing() throws Exception {
    String a = name("a");
    expectWarning("is swept later");
    Seat cut = seat();
    Tyer one =
        open(
            cut.client()
                .ttl(Duration.ofSeconds(20))
                .option(TyerOption.BEAT, "100ms")
                .option(TyerOption.OPERATION_TIMEOUT, "500ms"));
    try (Lease held = one.lock(a).acquire()) {
      CompletableFuture<LossCause> lost = lossOf(held);
      cut.link(LinkState.CUT);
      Await.pause(Duration.ofSeconds(1));
      // No beat was acknowledged meanwhile: ttl - margin is 18 s.
      assertThat(held.remaining()).isLessThan(Duration.ofMillis(17_200));
      cut.link(LinkState.SOUND);
      Await.until("proved again", () -> held.remaining().compareTo(Duration.ofMillis(17_500)) > 0);
      assertThat(held.isValid()).isTrue();
      assertThat(lost).isNotDone();
      assertThat(client().lock(a).tryAcquire().asOptional()).isEmpty();
    }
  }

  @Test
  @Shows(value = L1, under = Fault.CUT)
  void aWaiterThatLostItsSessionGoesOnUnderANewOne() throws Exception {
    String a = name("a");
    expectAnOutage();
    Tyer holding = client();
    Lease held = holding.lock(a).acquire();
    Seat cut = seat();
    Calls calls = new Calls();
    Tyer one = open(shortLived(cut).listener(calls));
    Lease other = one.lock(name("b")).acquire();
    CompletableFuture<LossCause> lost = lossOf(other);
    CompletableFuture<Lease> waiting = one.lock(a).acquireAsync();
    awaitLine(holding, a, 2);
    calls.awaitEntered(2);
    String session = Line.of(holding, a).get(1).session();
    cut.link(LinkState.CUT);
    assertThat(get(lost)).isEqualTo(LossCause.UNPROVED);
    cut.link(LinkState.SOUND);
    Await.until(
        () -> "in line under another session than " + session + ": " + Line.of(holding, a),
        () -> Line.of(holding, a).stream().skip(1).anyMatch(p -> !p.session().equals(session)));
    assertThat(waiting).isNotDone();
    held.close();
    get(waiting).close();
  }

  @Test
  @Shows(API)
  void aTtlIsFromASecondToAWeek() throws Exception {
    Seat seat = seat();
    for (String ttl : List.of("1s", "15s", "1h")) {
      locksWith(seat, ttl);
    }
    for (String ttl : List.of("999ms", "0", "8d")) {
      assertThatThrownBy(() -> open(seat.client().option(TyerOption.TTL, ttl)))
          .as(ttl)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  @Shows(API)
  void aTtlMayBeAWeek() throws Exception {
    require(Feature.WEEK);
    locksWith(seat(), "7d");
  }

  private void locksWith(Seat seat, String ttl) throws Exception {
    Tyer tyer = open(seat.client().option(TyerOption.TTL, ttl));
    try (Lease lease = tyer.lock(name("a")).acquire()) {
      assertThat(lease.isValid()).as(ttl).isTrue();
    }
    tyer.close();
  }

  @Test
  @Shows(API)
  void aThousandLocksLiveUnderOneSessionAndOneBeat() throws Exception {
    require(Feature.ONE_SESSION);
    expectWarning("client that held it was closed");
    Calls calls = new Calls();
    Duration beat = Duration.ofMillis(100);
    Tyer one = open(seat().client().ttl(LONG).option(TyerOption.BEAT, "100ms").listener(calls));
    String many = name("many");
    List<Lease> leases = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      leases.add(one.lock(many + "/" + i).acquire());
    }
    int beats = calls.of("beat");
    int others = calls.otherThanBeats();
    long start = System.nanoTime();
    Await.until("beats", () -> calls.of("beat") >= beats + 5);
    Duration took = Outcomes.since(start);
    // Some may have been late, and come at once; a beat per lock would be thousands.
    assertThat(calls.of("beat") - beats).isLessThanOrEqualTo((int) took.dividedBy(beat) + 50);
    assertThat(calls.otherThanBeats()).as("other calls").isEqualTo(others);
    assertThat(calls.of("open")).isEqualTo(1);
    assertThat(calls.of("enter")).isEqualTo(1000);
    assertThat(leases).allMatch(Lease::isValid);
    assertThat(client().operator().locks(many).stream().flatMap(view -> view.line().stream()))
        .hasSize(1000)
        .extracting(LockView.Place::session)
        .containsOnly(Line.of(one, many + "/0").get(0).session());
    one.close();
    assertThat(leases).noneMatch(Lease::isValid);
  }

  @Test
  @Shows(S1)
  void twoClientsOfOneProcessAreStrangers() throws Exception {
    String a = name("a");
    expectWarning("client that held it was closed");
    Seat seat = seat();
    Tyer one = open(seat.client().ttl(LONG));
    Tyer two = open(seat.client().ttl(LONG));
    Lease held = one.lock(a).acquire();
    assertThat(two.lock(a).tryAcquire().asOptional()).isEmpty();
    CompletableFuture<Lease> waiting = two.lock(a).acquireAsync();
    awaitLine(one, a, 2);
    assertThat(Line.of(one, a)).extracting(LockView.Place::session).doesNotHaveDuplicates();
    assertThat(held.isValid()).isTrue();
    one.close();
    Lease lease = get(waiting);
    assertThat(lease.isValid()).isTrue();
    assertThat(held.isValid()).isFalse();
    lease.close();
  }

  @Test
  @Shows(value = API, under = Fault.REFUSED)
  void aLazyClientReachesForTheStoreWithItsFirstAcquire() throws Exception {
    String a = name("a");
    Seat refused = seat();
    Calls calls = new Calls();
    refused.link(LinkState.REFUSING);
    Tyer lazy =
        open(
            refused
                .client()
                .ttl(LONG)
                .option(TyerOption.LAZY, "true")
                .option(TyerOption.OPERATION_TIMEOUT, "500ms")
                .listener(calls));
    assertThat(calls.otherThanBeats()).isZero();
    assertThatThrownBy(() -> lazy.lock(a).tryAcquire())
        .isInstanceOf(StoreUnreachableException.class);
    assertThat(calls.of("open")).isPositive();
    refused.link(LinkState.SOUND);
    try (Lease lease = acquiredAfterAnOutage(lazy.lock(a))) {
      assertThat(lease.isValid()).isTrue();
    }
  }

  @Test
  @Shows(value = API, under = Fault.REFUSED)
  void aClientIsNotOpenedOnAStoreThatRefusesConnections() {
    Seat refused = seat();
    refused.link(LinkState.REFUSING);
    assertThatThrownBy(() -> shortLived(refused).open())
        .isInstanceOf(StoreUnreachableException.class);
    refused.link(LinkState.SOUND);
    assertThat(open(shortLived(refused)).operator().locks("")).isEmpty();
  }

  @Test
  @Shows(value = API, under = Fault.CUT)
  void aClientIsNotOpenedOnAStoreThatDoesNotAnswer() {
    Seat cut = seat();
    cut.link(LinkState.CUT);
    long start = System.nanoTime();
    assertThatThrownBy(() -> shortLived(cut).open())
        .isInstanceOfAny(StoreUnreachableException.class, OutcomeUnknownException.class);
    assertThat(Outcomes.since(start)).isLessThan(Outcomes.SLACK);
  }
}
