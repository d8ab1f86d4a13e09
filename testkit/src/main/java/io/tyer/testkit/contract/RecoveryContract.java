package io.tyer.testkit.contract;

import static io.tyer.testkit.contract.Promise.API;
import static io.tyer.testkit.contract.Promise.L1;
import static io.tyer.testkit.contract.Promise.L2;
import static io.tyer.testkit.contract.Promise.S1;
import static io.tyer.testkit.contract.Promise.S2;
import static io.tyer.testkit.contract.Promise.S4;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tyer.Lease;
import io.tyer.LockView;
import io.tyer.OptionalLease;
import io.tyer.OutcomeUnknownException;
import io.tyer.StoreUnreachableException;
import io.tyer.Tyer;
import io.tyer.TyerOption;
import io.tyer.testkit.fault.LinkState;
import io.tyer.testkit.host.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What breaks and comes back: the way to the store, notifications, the store itself. */
public abstract class RecoveryContract extends ContractTest {

  private Tyer impatient(Seat seat) {
    return open(seat.client().ttl(LONG).option(TyerOption.OPERATION_TIMEOUT, "400ms"));
  }

  @Test
  @Shows(
      value = {S1, S2, S4},
      under = Fault.RESTART)
  void aRestartKeepsTheHolderAndTheOrderOfThoseWhoWait() throws Exception {
    require(Feature.RESTART);
    expectAnOutage();
    String a = name("a");
    Tyer one = client();
    Lease held = one.lock(a).acquire();
    long token = held.token();
    List<CompletableFuture<Lease>> waiting = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      waiting.add(client().lock(a).acquireAsync());
      awaitLine(one, a, i + 2);
    }
    store.restart();
    Await.until("reached again", () -> reaches(one));
    assertThat(held.isValid()).isTrue();
    assertThat(Line.granted(one, a)).containsExactly(true, false, false, false);
    assertThat(client().lock(a).tryAcquire().asOptional()).isEmpty();
    held.close();
    for (int i = 0; i < 3; i++) {
      Lease lease = get(waiting.get(i));
      assertThat(lease.token()).isGreaterThan(token);
      assertThat(waiting.subList(i + 1, 3)).noneMatch(CompletableFuture::isDone);
      token = lease.token();
      lease.close();
    }
  }

  private static boolean reaches(Tyer tyer) {
    try {
      List<LockView> unused = tyer.operator().locks("");
      return true;
    } catch (StoreUnreachableException | OutcomeUnknownException e) {
      return false;
    }
  }

  @Test
  @Shows(
      value = {API, L2},
      under = Fault.REFUSED)
  void aStoreThatRefusesConnectionsIsUnreachableAndNeverBusy() throws Exception {
    String a = name("a");
    expectAnOutage();
    Seat seat = seat();
    Tyer one = impatient(seat);
    Lease kept = one.lock(name("kept")).acquire();
    Lease given = one.lock(name("given")).acquire();
    seat.link(LinkState.REFUSING);
    // It may still have been sent over the connection that breaks.
    assertThatThrownBy(() -> one.lock(a).tryAcquire())
        .isInstanceOfAny(StoreUnreachableException.class, OutcomeUnknownException.class);
    // Long enough to learn that nobody is there, also on a busy machine.
    assertThatThrownBy(() -> one.lock(a).tryAcquire(Duration.ofSeconds(20)))
        .isInstanceOf(StoreUnreachableException.class);
    assertThatThrownBy(() -> one.lock(a).acquire()).isInstanceOf(StoreUnreachableException.class);
    assertThat(kept.isValid()).isTrue();
    given.close();
    assertThat(given.isValid()).isFalse();
    seat.link(LinkState.SOUND);
    Tyer other = client();
    other.lock(given.name()).acquire().close();
    assertThat(kept.isValid()).isTrue();
    awaitLine(other, a, 0);
    kept.close();
  }

  @Test
  @Shows(value = L1, under = Fault.CUT)
  void aShortCutCostsNoLeaseAndNoPlaceInLine() throws Exception {
    String a = name("a");
    String b = name("b");
    expectAnOutage();
    Tyer other = client();
    Lease held = other.lock(a).acquire();
    Seat seat = seat();
    Tyer one = open(seat.client().ttl(LONG).option(TyerOption.OPERATION_TIMEOUT, "1s"));
    Lease given = one.lock(b).acquire();
    Lease kept = one.lock(name("kept")).acquire();
    CompletableFuture<Lease> waiting = one.lock(a).acquireAsync();
    awaitLine(other, a, 2);
    CompletableFuture<Lease> behind = client().lock(a).acquireAsync();
    awaitLine(other, a, 3);
    long number = Line.number(other, a, 1);
    seat.link(LinkState.CUT);
    CompletableFuture<Void> left = given.closeAsync();
    held.close();
    Await.pause(Duration.ofMillis(400));
    assertThat(waiting.isDone() || behind.isDone()).isFalse();
    seat.link(LinkState.SOUND);
    Lease lease = get(waiting);
    assertThat(lease.token() >> 12).as("the same ticket").isEqualTo(number);
    assertThat(kept.isValid()).isTrue();
    lease.close();
    get(behind).close();
    get(left);
    other.lock(b).acquire().close();
    kept.close();
  }

  @Test
  @Shows(
      value = {L2, API},
      under = Fault.CUT)
  void aCutLongerThanTheOperationTimeoutIsAnErrorAndLeavesNothing() throws Exception {
    String a = name("a");
    expectAnOutage();
    Seat seat = seat();
    Tyer one = impatient(seat);
    seat.link(LinkState.CUT);
    long start = System.nanoTime();
    Callers.Calling<Lease> acquire = call(() -> one.lock(a).acquire());
    Callers.Calling<OptionalLease> trying = call(() -> one.lock(name("b")).tryAcquire());
    for (Callers.Calling<?> each : List.of(acquire, trying)) {
      assertThat(Outcomes.failure(each.outcome))
          .isInstanceOfAny(StoreUnreachableException.class, OutcomeUnknownException.class);
    }
    assertThat(Outcomes.since(start)).isLessThan(Outcomes.SLACK);
    seat.link(LinkState.SOUND);
    one.lock(a).acquire().close();
    Await.until("nothing in line", () -> one.operator().locks("").isEmpty());
  }

  @Test
  @Shows(
      value = {L1, S4},
      under = Fault.LOST_HINTS)
  void withoutNotificationsEverybodyIsGrantedInTurnAllTheSame() throws Exception {
    String a = name("a");
    Tyer watching = client();
    Lease held = watching.readWriteLock(a).writeLock().acquire();
    List<CompletableFuture<Lease>> waiting = new ArrayList<>();
    List<Seat> deaf = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      Seat place = seat();
      deaf.add(place);
      Tyer tyer = open(place.client().ttl(LONG));
      place.link(LinkState.HINTS_LOST);
      waiting.add(
          switch (i) {
            case 0, 1 -> tyer.readWriteLock(a).readLock().acquireAsync();
            case 2 -> tyer.lock(a).acquireAsync();
            default -> tyer.semaphore(a, 3).taking(2).acquireAsync();
          });
      awaitLine(watching, a, i + 2);
    }
    held.close();
    Lease reader = get(waiting.get(0));
    get(waiting.get(1)).close();
    assertThat(waiting.get(2)).isNotDone();
    reader.close();
    Lease mutex = get(waiting.get(2));
    assertThat(waiting.get(3).isDone() || waiting.get(4).isDone()).isFalse();
    mutex.close();
    Lease permits = get(waiting.get(3));
    assertThat(waiting.get(4)).isNotDone();
    permits.close();
    get(waiting.get(4)).close();
    hintsWereLost(deaf);
  }
}
