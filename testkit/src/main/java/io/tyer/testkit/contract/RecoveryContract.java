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
import io.tyer.OutcomeUnknownException;
import io.tyer.StoreUnreachableException;
import io.tyer.Tyer;
import io.tyer.TyerOption;
import io.tyer.testkit.fault.LinkState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/** What breaks and comes back: connections, notifications, the store itself. */
public abstract class RecoveryContract extends ContractTest {

  private Tyer impatient(Seat seat) {
    return open(seat.client().ttl(LONG).option(TyerOption.OPERATION_TIMEOUT, "400ms"));
  }

  /** A call whose connection broke has succeeded, or says that it has not, or does not know. */
  private static Class<?> settle(Callers.Calling<?> broken) throws Exception {
    try {
      return get(broken.outcome).getClass();
    } catch (ExecutionException e) {
      assertThat(e.getCause())
          .isInstanceOfAny(OutcomeUnknownException.class, StoreUnreachableException.class);
      return e.getCause().getClass();
    }
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
    assertThat(client().lock(a).tryAcquire()).isEmpty();
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
      return tyer.locks("").size() >= 0;
    } catch (StoreUnreachableException | OutcomeUnknownException e) {
      return false;
    }
  }

  @Test
  @Shows(
      value = {L1, L2},
      under = Fault.RESET)
  void aConnectionThatBreaksWhileEnteringLeaksNoTicket() throws Exception {
    String a = name("a");
    Seat seat = seat();
    Tyer one = impatient(seat);
    Tyer other = client();
    seat.resetNext();
    try (Lease lease = one.lock(a).acquire()) {
      assertThat(lease.isValid()).isTrue();
      assertThat(Line.granted(other, a)).containsExactly(true);
    }
    seat.resetNext();
    one.lock(a).tryAcquire(LONG).orElseThrow().close();
    awaitLine(other, a, 0);
    seat.resetNext();
    Class<?> unused =
        settle(
            call(
                () -> {
                  one.lock(a).tryAcquire().ifPresent(Lease::close);
                  return "done";
                }));
    awaitLine(other, a, 0);
    one.lock(a).acquire().close();
  }

  @Test
  @Shows(value = L1, under = Fault.RESET)
  void aConnectionThatBreaksWhileLeavingFreesTheLockAllTheSame() throws Exception {
    String a = name("a");
    Seat seat = seat();
    Lease lease = open(seat.client().ttl(LONG)).lock(a).acquire();
    Tyer other = client();
    CompletableFuture<Lease> next = other.lock(a).acquireAsync();
    awaitLine(other, a, 2);
    seat.resetNext();
    lease.close();
    get(next).close();
    awaitLine(other, a, 0);
  }

  @Test
  @Shows(
      value = {API, S1},
      under = Fault.RESET)
  void aConnectionThatBreaksWhileDowngradingIsSettledByCallingItAgain() throws Exception {
    String a = name("a");
    Seat seat = seat();
    Tyer one = impatient(seat);
    Tyer other = client();
    try (Lease lease = one.readWriteLock(a).writeLock().acquire()) {
      seat.resetNext();
      Class<?> outcome =
          settle(
              call(
                  () -> {
                    lease.downgrade();
                    return "done";
                  }));
      Optional<Lease> reader = other.readWriteLock(a).readLock().tryAcquire();
      if (outcome == StoreUnreachableException.class) {
        assertThat(reader).as("still exclusive").isEmpty();
      }
      reader.ifPresent(Lease::close);
      assertThat(lease.isValid()).isTrue();
      assertThat(other.lock(a).tryAcquire()).isEmpty();
      lease.downgrade();
      other.readWriteLock(a).readLock().tryAcquire().orElseThrow().close();
    }
  }

  @Test
  @Shows(value = L1, under = Fault.RESET)
  void aConnectionThatBreaksWhileAWaiterChecksCostsTimeOnly() throws Exception {
    String a = name("a");
    Tyer other = client();
    Lease held = other.lock(a).acquire();
    Seat seat = seat();
    CompletableFuture<Lease> waiting = impatient(seat).lock(a).acquireAsync();
    awaitLine(other, a, 2);
    for (int i = 0; i < 3; i++) {
      seat.resetNext();
      Await.pause(Duration.ofMillis(200));
    }
    assertThat(Line.granted(other, a)).containsExactly(true, false);
    held.close();
    get(waiting).close();
  }

  @Test
  @Shows(value = API, under = Fault.RESET)
  void aConnectionThatBreaksWhileListingIsMadeAgain() throws Exception {
    Seat seat = seat();
    Tyer one = impatient(seat);
    try (Lease lease = client().lock(name("a")).acquire()) {
      seat.resetNext();
      Class<?> unused = settle(call(() -> one.locks("")));
      assertThat(one.locks("")).singleElement().matches(v -> v.name().equals(lease.name()));
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
    assertThatThrownBy(() -> one.lock(a).tryAcquire())
        .isInstanceOf(StoreUnreachableException.class);
    assertThatThrownBy(() -> one.lock(a).tryAcquire(Duration.ofMillis(200)))
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
    Callers.Calling<Optional<Lease>> trying = call(() -> one.lock(name("b")).tryAcquire());
    for (Callers.Calling<?> each : List.of(acquire, trying)) {
      assertThat(Outcomes.failure(each.outcome))
          .isInstanceOfAny(StoreUnreachableException.class, OutcomeUnknownException.class);
    }
    assertThat(Outcomes.since(start)).isLessThan(Outcomes.SLACK);
    seat.link(LinkState.SOUND);
    one.lock(a).acquire().close();
    Await.until("nothing in line", () -> one.locks("").isEmpty());
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
    for (int i = 0; i < 5; i++) {
      Seat deaf = seat();
      Tyer tyer = open(deaf.client().ttl(LONG));
      deaf.link(LinkState.HINTS_LOST);
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
  }
}
