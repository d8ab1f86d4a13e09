package io.tyer.testkit.contract;

import static io.tyer.testkit.contract.Promise.L1;
import static io.tyer.testkit.contract.Promise.S1;
import static io.tyer.testkit.contract.Promise.S4;
import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.Lease;
import io.tyer.Tyer;
import io.tyer.TyerBuilder;
import io.tyer.TyerOption;
import io.tyer.testkit.fault.LinkState;
import io.tyer.testkit.host.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Whoever waits gets its turn once those ahead have left or died. */
public abstract class ProgressContract extends ContractTest {

  /** A client that waits for long, but soon finds out that a request is not answered. */
  private static TyerBuilder patient(Seat seat) {
    return seat.client().ttl(LONG).option(TyerOption.OPERATION_TIMEOUT, "500ms");
  }

  @Test
  @Shows(L1)
  void aReleaseGrantsAllWhomItLetsThrough() throws Exception {
    String name = name("rw");
    Tyer one = client();
    Lease writing = one.readWriteLock(name).writeLock().acquire();
    List<CompletableFuture<Lease>> readers = new ArrayList<>();
    for (int i = 1; i <= 4; i++) {
      readers.add(client().readWriteLock(name).readLock().acquireAsync());
      awaitLine(one, name, i + 1);
    }
    writing.close();
    List<Lease> reading = new ArrayList<>();
    for (CompletableFuture<Lease> reader : readers) {
      reading.add(get(reader));
    }
    assertThat(reading).as("all at the same time").allMatch(Lease::isValid);
    reading.forEach(Lease::close);
  }

  @Test
  @Shows(L1)
  void whoGivesUpLetsThoseBehindThrough() throws Exception {
    String name = name("rw");
    Tyer one = client();
    try (Lease reading = one.readWriteLock(name).readLock().acquire()) {
      CompletableFuture<Lease> write = client().readWriteLock(name).writeLock().acquireAsync();
      awaitLine(one, name, 2);
      CompletableFuture<Lease> behind = client().readWriteLock(name).readLock().acquireAsync();
      awaitLine(one, name, 3);
      assertThat(write.cancel(false)).isTrue();
      try (Lease alsoReading = get(behind)) {
        assertThat(alsoReading.isValid() && reading.isValid()).isTrue();
      }
    }
  }

  @Test
  @Shows({L1, S1})
  void aClosedClientsTicketsMakeWayAtOnce() throws Exception {
    expectWarning("is lost: the client that held it was closed");
    String name = name("closed");
    Tyer one = client();
    Tyer three = client();
    Lease lost = one.lock(name).acquire();
    Tyer two = client();
    CompletableFuture<Lease> never = two.lock(name).acquireAsync();
    awaitLine(three, name, 2);
    CompletableFuture<Lease> next = three.lock(name).acquireAsync();
    awaitLine(three, name, 3);
    two.close();
    assertThat(Outcomes.failure(never)).isNotNull();
    one.close();
    try (Lease lease = get(next)) {
      assertThat(lease.isValid()).isTrue();
      assertThat(lost.isValid()).isFalse();
    }
  }

  @Test
  @Shows(
      value = {L1, S1},
      under = Fault.CUT)
  void aWaiterIsGrantedWhenTheHolderIsCutOff() throws Exception {
    expectWarning("is lost: no beat was acknowledged in time");
    String name = name("cut");
    Seat seat = seat();
    Lease lost = open(shortLived(seat)).lock(name).acquire();
    Tyer two = client();
    CompletableFuture<Lease> next = two.lock(name).acquireAsync();
    awaitLine(two, name, 2);
    long start = System.nanoTime();
    seat.link(LinkState.CUT);
    try (Lease lease = get(next)) {
      assertThat(lost.isValid()).isFalse();
      assertThat(lease.isValid()).isTrue();
      assertThat(Outcomes.since(start)).isLessThan(SHORT.plus(Outcomes.SLACK));
    }
  }

  @Test
  @Shows(value = L1, under = Fault.CUT)
  void aTryIsGrantedWhenTheHolderHasDied() throws Exception {
    expectWarning("is lost: no beat was acknowledged in time");
    String name = name("tried");
    Seat seat = seat();
    Lease lost = open(shortLived(seat)).lock(name).acquire();
    Tyer two = client();
    seat.link(LinkState.CUT);
    long start = System.nanoTime();
    Await.until(
        "a try is granted",
        () -> {
          var lease = two.lock(name).tryAcquire();
          boolean early = lease.isPresent() && lost.isValid();
          lease.ifPresent(Lease::close);
          assertThat(early).as("granted beside a valid lease").isFalse();
          return lease.isPresent();
        });
    assertThat(Outcomes.since(start)).isLessThan(SHORT.plus(Outcomes.SLACK));
  }

  @Test
  @Shows(
      value = {L1, S4},
      under = Fault.CUT)
  void aWaiterThatDiedDoesNotHoldUpThoseBehind() throws Exception {
    expectWarning("is lost: no beat was acknowledged in time");
    String name = name("dead");
    Tyer one = client();
    Tyer three = client();
    Lease held = one.lock(name).acquire();
    Seat seat = seat();
    Calls calls = new Calls();
    CompletableFuture<Lease> dying =
        open(shortLived(seat).listener(calls)).lock(name).acquireAsync();
    awaitLine(one, name, 2);
    calls.awaitEntered(1);
    CompletableFuture<Lease> next = three.lock(name).acquireAsync();
    awaitLine(one, name, 3);
    seat.link(LinkState.CUT);
    long start = System.nanoTime();
    held.close();
    Lease lease = get(next);
    assertThat(Outcomes.since(start)).isLessThan(SHORT.plus(Outcomes.SLACK));
    assertThat(dying).isNotDone();
    assertThat(dying.cancel(false)).isTrue();
    lease.close();
  }

  @Test
  @Shows(
      value = {L1, S4},
      under = Fault.LOST_HINTS)
  void losingAllNotificationsOnlyCostsTime() throws Exception {
    String name = name("silent");
    Tyer first = client();
    Lease held = first.lock(name).acquire();
    List<Integer> order = new ArrayList<>(); // guarded by the lock alone
    List<CompletableFuture<Void>> turns = new ArrayList<>();
    List<Seat> deaf = new ArrayList<>();
    for (int i = 1; i <= 3; i++) {
      int number = i;
      Seat seat = seat();
      deaf.add(seat);
      seat.link(LinkState.HINTS_LOST);
      turns.add(
          open(seat.client().ttl(LONG))
              .lock(name)
              .acquireAsync()
              .thenAccept(
                  lease -> {
                    order.add(number);
                    lease.close();
                  }));
      awaitLine(first, name, i + 1);
    }
    held.close();
    for (CompletableFuture<Void> turn : turns) {
      get(turn);
    }
    assertThat(order).containsExactly(1, 2, 3);
    hintsWereLost(deaf);
  }

  @Test
  @Shows(
      value = {L1, S4},
      under = Fault.CUT)
  void aShortCutCostsAWaiterOnlyTime() throws Exception {
    keepsItsPlaceThrough(LinkState.CUT);
  }

  @Test
  @Shows(
      value = {L1, S4},
      under = Fault.REFUSED)
  void refusedConnectionsCostAWaiterOnlyTime() throws Exception {
    keepsItsPlaceThrough(LinkState.REFUSING);
  }

  @Test
  @Shows(
      value = {L1, S4},
      under = Fault.LOST_REPLY)
  void lostRepliesCostAWaiterOnlyTime() throws Exception {
    keepsItsPlaceThrough(LinkState.REPLIES_LOST);
  }

  /** The lock comes to it while it cannot be told; whoever is behind it has to wait. */
  private void keepsItsPlaceThrough(LinkState outage) throws Exception {
    String name = name("outage");
    Tyer one = client();
    Lease held = one.lock(name).acquire();
    Seat seat = seat();
    Calls calls = new Calls();
    CompletableFuture<Lease> waiter =
        open(patient(seat).option(TyerOption.BEAT, "100ms").listener(calls))
            .lock(name)
            .acquireAsync();
    awaitLine(one, name, 2);
    calls.awaitEntered(1);
    CompletableFuture<Lease> behind = client().lock(name).acquireAsync();
    awaitLine(one, name, 3);
    seat.link(outage);
    held.close();
    Await.pause(Duration.ofMillis(1200));
    assertThat(waiter.isDone() || behind.isDone()).isFalse();
    seat.link(LinkState.SOUND);
    Lease granted = get(waiter);
    assertThat(granted.isValid()).isTrue();
    assertThat(behind).isNotDone();
    granted.close();
    get(behind).close();
  }

  @Test
  @Shows(value = L1, under = Fault.REFUSED)
  void whoCannotReachTheStoreAtFirstGetsItsTurnLater() throws Exception {
    String name = name("unreached");
    Seat seat = seat();
    Tyer tyer = open(seat.client().ttl(LONG));
    seat.link(LinkState.REFUSING);
    CompletableFuture<Lease> waiter = tyer.lock(name).acquireAsync();
    Await.pause(Duration.ofMillis(300));
    assertThat(waiter).isNotDone();
    seat.link(LinkState.SOUND);
    get(waiter).close();
  }

  @Test
  @Shows(value = L1, under = Fault.RESET)
  void aReleaseInABrokenConnectionReachesTheStoreAllTheSame() throws Exception {
    reachesTheStoreWhen(Seat::resetNext);
  }

  @Test
  @Shows(value = L1, under = Fault.RESET)
  void aReleaseThatDidNotArriveReachesTheStoreAllTheSame() throws Exception {
    reachesTheStoreWhen(Seat::resetNextBefore);
  }

  private void reachesTheStoreWhen(Consumer<Seat> broken) throws Exception {
    String name = name("reset");
    Seat seat = seat();
    Lease held = open(patient(seat)).lock(name).acquire();
    Tyer two = client();
    CompletableFuture<Lease> next = two.lock(name).acquireAsync();
    awaitLine(two, name, 2);
    broken.accept(seat);
    held.close();
    get(next).close();
    struckSince(0, seat);
  }
}
