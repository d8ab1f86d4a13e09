package io.tyer.testkit.contract;

import static io.tyer.testkit.contract.Promise.API;
import static io.tyer.testkit.contract.Promise.L1;
import static io.tyer.testkit.contract.Promise.L2;
import static io.tyer.testkit.contract.Promise.S1;
import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.Lease;
import io.tyer.LockView;
import io.tyer.OptionalLease;
import io.tyer.OutcomeUnknownException;
import io.tyer.StoreUnreachableException;
import io.tyer.Tyer;
import io.tyer.TyerOption;
import io.tyer.testkit.host.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Connections that break in the middle of a request. */
public abstract class ResetContract extends ContractTest {

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
      struckSince(0, seat);
    }
    seat.resetNext();
    one.lock(a).tryAcquire(LONG).orElseThrow().close();
    awaitLine(other, a, 0);
    struckSince(1, seat);
    seat.resetNext();
    Class<?> unused =
        settle(
            call(
                () -> {
                  one.lock(a).tryAcquire().ifPresent(Lease::close);
                  return "done";
                }));
    awaitLine(other, a, 0);
    struckSince(2, seat);
    one.lock(a).acquire().close();
  }

  @Test
  @Shows(value = L1, under = Fault.RESET)
  void aConnectionThatBreaksWhileLeavingFreesTheLockAllTheSame() throws Exception {
    freesTheLockWhen(Seat::resetNext);
  }

  @Test
  @Shows(value = L1, under = Fault.RESET)
  void aLeaveThatNeverArrivedIsRepeatedAndFreesTheLock() throws Exception {
    freesTheLockWhen(Seat::resetNextBefore);
  }

  private void freesTheLockWhen(Consumer<Seat> broken) throws Exception {
    String a = name("a");
    Seat seat = seat();
    Lease lease = open(seat.client().ttl(LONG)).lock(a).acquire();
    Tyer other = client();
    CompletableFuture<Lease> next = other.lock(a).acquireAsync();
    awaitLine(other, a, 2);
    broken.accept(seat);
    lease.close();
    get(next).close();
    struckSince(0, seat);
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
      struckSince(0, seat);
      OptionalLease reader = other.readWriteLock(a).readLock().tryAcquire();
      if (outcome == StoreUnreachableException.class) {
        assertThat(reader.asOptional()).as("still exclusive").isEmpty();
      }
      reader.ifPresent(Lease::close);
      assertThat(lease.isValid()).isTrue();
      assertThat(other.lock(a).tryAcquire().asOptional()).isEmpty();
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
    struckSince(0, seat);
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
      Class<?> unused = settle(call(() -> one.operator().locks("")));
      struckSince(0, seat);
      assertThat(listed(one)).singleElement().matches(v -> v.name().equals(lease.name()));
    }
  }

  /** On a busy machine an answer may come too late for a client that is impatient. */
  private static List<LockView> listed(Tyer impatient) throws Exception {
    List<LockView> listed = new ArrayList<>();
    Await.until(
        "it is answered",
        () -> {
          try {
            listed.addAll(impatient.operator().locks(""));
            return true;
          } catch (StoreUnreachableException | OutcomeUnknownException e) {
            return false;
          }
        });
    return listed;
  }
}
