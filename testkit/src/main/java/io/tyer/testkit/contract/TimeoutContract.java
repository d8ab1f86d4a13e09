package io.tyer.testkit.contract;

import static io.tyer.testkit.contract.Outcomes.SLACK;
import static io.tyer.testkit.contract.Outcomes.failure;
import static io.tyer.testkit.contract.Outcomes.since;
import static io.tyer.testkit.contract.Promise.L1;
import static io.tyer.testkit.contract.Promise.L2;
import static io.tyer.testkit.contract.Promise.S1;
import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.DistributedLock;
import io.tyer.Lease;
import io.tyer.OptionalLease;
import io.tyer.OutcomeUnknownException;
import io.tyer.Tyer;
import io.tyer.TyerOption;
import io.tyer.WaitTimeoutException;
import io.tyer.testkit.host.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** A wait with a time-out ends in time, and leaves no ticket. */
public abstract class TimeoutContract extends ContractTest {

  private static final Duration WAIT = Duration.ofMillis(500);

  /** Long enough for a busy machine to answer more than a hundred enters at once. */
  private static final Duration CROWDED = Duration.ofSeconds(2);

  @Test
  @Shows(L2)
  void aTimedWaitEndsInTimeAndLeavesNoTicket() throws Exception {
    String name = name("timed");
    Tyer one = client();
    Tyer two = client();
    try (Lease held = one.lock(name).acquire()) {
      long start = System.nanoTime();
      assertThat(two.lock(name).tryAcquire(WAIT).asOptional()).isEmpty();
      assertThat(since(start)).isBetween(WAIT, WAIT.plus(SLACK));
      awaitLine(one, name, 1);
      assertThat(held.isValid()).isTrue();
    }
  }

  @Test
  @Shows(L2)
  void aTimedFutureEndsInTimeAndLeavesNoTicket() throws Exception {
    String name = name("future");
    Tyer one = client();
    Tyer two = client();
    try (Lease held = one.lock(name).acquire()) {
      long start = System.nanoTime();
      assertThat(get(two.lock(name).tryAcquireAsync(WAIT)).asOptional()).isEmpty();
      assertThat(since(start)).isBetween(WAIT, WAIT.plus(SLACK));
      awaitLine(one, name, 1);
      assertThat(held.isValid()).isTrue();
    }
  }

  @Test
  @Shows(L2)
  void aWaitOfZeroOrLessIsATry() throws Exception {
    String name = name("zero");
    DistributedLock ours = client().lock(name);
    DistributedLock theirs = client().lock(name);
    for (Duration wait :
        List.of(Duration.ZERO, Duration.ofNanos(-1), Duration.ofSeconds(Long.MIN_VALUE))) {
      try (Lease held = ours.acquire()) {
        long start = System.nanoTime();
        assertThat(theirs.tryAcquire(wait).asOptional()).isEmpty();
        assertThat(get(theirs.tryAcquireAsync(wait)).asOptional()).isEmpty();
        assertThat(since(start)).isLessThan(SLACK);
        assertThat(held.isValid()).isTrue();
      }
      theirs.tryAcquire(wait).orElseThrow().close();
      get(theirs.tryAcquireAsync(wait)).orElseThrow().close();
    }
  }

  @Test
  @Shows(L2)
  void theLongestWaitIsNoShortOne() throws Exception {
    String name = name("ages");
    Tyer one = client();
    DistributedLock theirs = client().lock(name);
    Duration ages = Duration.ofSeconds(Long.MAX_VALUE, 999_999_999);
    Lease held = one.lock(name).acquire();
    Callers.Calling<OptionalLease> blocked = call(() -> theirs.tryAcquire(ages));
    awaitLine(one, name, 2);
    CompletableFuture<OptionalLease> future = client().lock(name).tryAcquireAsync(ages);
    awaitLine(one, name, 3);
    held.close();
    get(blocked.outcome).orElseThrow().close();
    get(future).orElseThrow().close();
  }

  @Test
  @Shows(L2)
  void theOptionWaitBoundsWhatHasNoTimeOutOfItsOwn() throws Exception {
    String name = name("option");
    Tyer one = client();
    Tyer two = open(seat().client().ttl(LONG).option(TyerOption.WAIT, WAIT.toMillis() + "ms"));
    DistributedLock theirs = two.lock(name);
    Lease held = one.lock(name).acquire();
    long start = System.nanoTime();
    Callers.Calling<Lease> blocked = call(theirs::acquire);
    Callers.Calling<Lease> stubborn = call(theirs::acquireUninterruptibly);
    CompletableFuture<Lease> future = theirs.acquireAsync();
    for (CompletableFuture<Lease> wait : List.of(blocked.outcome, stubborn.outcome, future)) {
      assertThat(failure(wait)).isInstanceOf(WaitTimeoutException.class).hasMessageContaining(name);
      assertThat(since(start)).isBetween(WAIT, WAIT.plus(SLACK));
    }
    awaitLine(one, name, 1);
    held.close();
  }

  @Test
  @Shows(L2)
  void theOptionWaitDoesNotShortenATimeOutOfOnesOwn() throws Exception {
    String name = name("own");
    Tyer one = client();
    Tyer two = open(seat().client().ttl(LONG).option(TyerOption.WAIT, "400ms"));
    Lease held = one.lock(name).acquire();
    CompletableFuture<OptionalLease> own = two.lock(name).tryAcquireAsync(LONG);
    assertThat(failure(two.lock(name).acquireAsync())).isInstanceOf(WaitTimeoutException.class);
    assertThat(own).isNotDone();
    held.close();
    get(own).orElseThrow().close();
  }

  @Test
  @Shows(L2)
  void manyWaitsThatTimeOutLeaveNothing() throws Exception {
    String name = name("many");
    Tyer one = client();
    List<Tyer> others = List.of(client(), client(), client());
    try (Lease held = one.lock(name).acquire()) {
      List<CompletableFuture<OptionalLease>> waits = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        for (Tyer other : others) {
          waits.add(other.lock(name).tryAcquireAsync(CROWDED.plusMillis(i)));
          waits.add(other.readWriteLock(name).readLock().tryAcquireAsync(CROWDED));
        }
      }
      for (CompletableFuture<OptionalLease> wait : waits) {
        assertThat(get(wait).asOptional()).isEmpty();
      }
      awaitLine(one, name, 1);
      assertThat(held.isValid()).isTrue();
    }
    others.get(0).lock(name).tryAcquire().orElseThrow().close();
  }

  @Test
  @Shows(L2)
  void whoWaitsBehindATimedOutCallerOfItsOwnClientGoesOn() throws Exception {
    String name = name("behind");
    Tyer one = client();
    Tyer two = client();
    Lease held = one.lock(name).acquire();
    CompletableFuture<OptionalLease> timed = two.lock(name).tryAcquireAsync(WAIT);
    CompletableFuture<Lease> patient = two.lock(name).acquireAsync();
    assertThat(get(timed).asOptional()).isEmpty();
    assertThat(patient).isNotDone();
    held.close();
    get(patient).close();
  }

  @Test
  @Shows(
      value = {L1, L2},
      under = Fault.LOST_HINTS)
  void aWaitThatEndsAsksOnceMoreAndIsGrantedWhatIsFree() throws Exception {
    Tyer two = unaware();
    grantedAtTheEnd(lock -> call(() -> two.lock(lock).tryAcquire(wait)).outcome);
  }

  @Test
  @Shows(
      value = {L1, L2},
      under = Fault.LOST_HINTS)
  void aFutureThatEndsAsksOnceMoreAndIsGrantedWhatIsFree() throws Exception {
    Tyer two = unaware();
    grantedAtTheEnd(lock -> two.lock(lock).tryAcquireAsync(wait));
  }

  @Test
  @Shows(
      value = {L1, L2},
      under = Fault.LOST_HINTS)
  void readersWhoseWaitsEndTogetherAreAllGrantedWhatIsFree() throws Exception {
    Tyer two = unaware();
    grantedAtTheEnd(
        lock -> {
          DistributedLock read = two.readWriteLock(lock).readLock();
          List<CompletableFuture<OptionalLease>> waits = new ArrayList<>();
          for (int i = 0; i < 5; i++) {
            waits.add(read.tryAcquireAsync(wait));
          }
          CompletableFuture<Void> all =
              CompletableFuture.allOf(waits.toArray(CompletableFuture[]::new));
          return all.thenApply(
              done -> {
                List<OptionalLease> leases = waits.stream().map(CompletableFuture::join).toList();
                boolean granted = leases.stream().allMatch(OptionalLease::isPresent);
                leases.subList(granted ? 1 : 0, leases.size()).forEach(OptionalLease::close);
                return granted ? leases.get(0) : OptionalLease.empty();
              });
        });
  }

  private Duration wait = WAIT;

  /** A client that hears nothing, and would check long after any wait here has ended. */
  private Tyer unaware() {
    Untold untold = new Untold(seat(), Duration.ofHours(1));
    return open(Tyer.builder("untold:").provider(untold).ttl(LONG));
  }

  /**
   * Held until shortly before the wait ends; on a busy machine it may end too early, and is longer
   * then.
   */
  private void grantedAtTheEnd(Function<String, CompletableFuture<OptionalLease>> waiting)
      throws Exception {
    String name = name("last");
    Tyer one = client();
    boolean granted = false;
    for (wait = WAIT; !granted && wait.compareTo(LONG) < 0; wait = wait.multipliedBy(2)) {
      Lease held = one.lock(name).acquire();
      CompletableFuture<OptionalLease> waits = waiting.apply(name);
      Await.until("it waits", () -> waits.isDone() || inLine(one, name) == 2);
      held.close();
      OptionalLease lease = get(waits);
      granted = lease.isPresent();
      if (granted) {
        assertThat(lease.get().isValid()).isTrue();
        assertThat(one.lock(name).tryAcquire().asOptional()).isEmpty();
      }
      lease.close();
      awaitLine(one, name, 0);
    }
    assertThat(granted).as("it was free when the wait ended").isTrue();
  }

  @Test
  @Shows({L2, S1})
  void aTimeOutAtTheMomentOfTheGrantIsOneOrTheOther() throws Exception {
    String name = name("race");
    DistributedLock ours = client().lock(name);
    DistributedLock theirs = client().lock(name);
    Race race = new Race();
    Lease held = ours.acquire();
    while (race.goesOn()) {
      Lease released = held;
      Callers.Calling<Boolean> release =
          call(
              () -> {
                Await.pause(race.release());
                released.close();
                return true;
              });
      try {
        OptionalLease granted = theirs.tryAcquire(race.end());
        get(release.outcome);
        race.wasGranted(granted.isPresent());
        if (granted.isPresent()) {
          assertThat(ours.tryAcquire().asOptional()).as("the other one holds it").isEmpty();
          assertThat(granted.get().isValid()).isTrue();
          granted.get().close();
        }
      } catch (OutcomeUnknownException e) {
        // So short a wait may end before a busy machine has answered: they have not met.
        get(release.outcome);
        race.wasTooShort();
      }
      held = ours.tryAcquire(LONG).orElseThrow();
    }
    held.close();
    race.wentBothWays();
  }
}
