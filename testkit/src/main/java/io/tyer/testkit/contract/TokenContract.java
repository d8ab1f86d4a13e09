package io.tyer.testkit.contract;

import static io.tyer.testkit.contract.Promise.API;
import static io.tyer.testkit.contract.Promise.S2;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tyer.DistributedLock;
import io.tyer.Lease;
import io.tyer.LockView;
import io.tyer.Tyer;
import io.tyer.TyerOption;
import io.tyer.testkit.fault.LinkState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The token of an exclusive lease is larger than every one granted for its name before. */
public abstract class TokenContract extends ContractTest {

  private long last;

  /** Takes the lock, draws a token, which is larger than all before, and gives it back. */
  private void grows(DistributedLock lock, String after) throws Exception {
    try (Lease lease = lock.tryAcquire(LONG).orElseThrow()) {
      hasGrown(lease, after);
    }
  }

  private void hasGrown(Lease lease, String after) {
    assertThat(lease.token()).as("after %s", after).isGreaterThan(last);
    assertThat(lease.token()).as("a token below 2^63").isPositive();
    assertThat(lease.token() >>> 12).as("a number below 2^51").isBetween(1L, (1L << 51) - 1);
    last = lease.token();
  }

  @Test
  @Shows(S2)
  void tokensGrowFromLeaseToLeaseAndFromClientToClient() throws Exception {
    String name = name("leases");
    DistributedLock ours = client().lock(name);
    DistributedLock theirs = client().lock(name);
    for (int i = 0; i < 20; i++) {
      grows(ours, "another client's lease");
      grows(theirs, "another client's lease");
      grows(theirs, "a lease of one's own");
    }
  }

  @Test
  @Shows(S2)
  void tokensGrowAmongManyThreadsOfManyClients() throws Exception {
    String name = name("threads");
    List<Long> accepted = new ArrayList<>(); // guarded by the lock alone
    List<Callers.Calling<Boolean>> callings = new ArrayList<>();
    for (int c = 0; c < 3; c++) {
      Tyer tyer = client();
      for (int t = 0; t < 2; t++) {
        callings.add(
            call(
                () -> {
                  for (int i = 0; i < 20; i++) {
                    try (Lease lease = tyer.lock(name).acquire()) {
                      accepted.add(lease.token());
                    }
                  }
                  return true;
                }));
      }
    }
    for (Callers.Calling<Boolean> calling : callings) {
      assertThat(get(calling.outcome)).isTrue();
    }
    assertThat(accepted).hasSize(120).isSorted().doesNotHaveDuplicates();
  }

  @Test
  @Shows(value = S2, under = Fault.CUT)
  void tokensGrowWhenAHolderHasDied() throws Exception {
    expectWarning("is lost: no beat was acknowledged in time");
    String name = name("dead");
    Seat link = seat();
    Lease lost = open(shortLived(link)).lock(name).acquire();
    hasGrown(lost, "nothing");
    link.link(LinkState.CUT);
    grows(client().lock(name), "a holder's death");
    assertThat(lost.isValid()).isFalse();
  }

  @Test
  @Shows(S2)
  void tokensGrowWhenAllClientsAreNew() throws Exception {
    String name = name("restart");
    for (int i = 0; i < 4; i++) {
      try (Tyer only = seat().client().ttl(LONG).open()) {
        grows(only.lock(name), "all former clients");
      }
    }
  }

  @Test
  @Shows(value = S2, under = Fault.RESTART)
  void tokensGrowWhenTheStoreIsRestarted() throws Exception {
    require(Feature.RESTART);
    expectWarning("is lost|restart|connection|unreachable|not answered");
    String name = name("stored");
    DistributedLock lock = open(seat().client().ttl(Duration.ofSeconds(3))).lock(name);
    for (int i = 0; i < 3; i++) {
      grows(lock, "a restart");
      store.restart();
    }
    grows(client().lock(name), "a restart");
  }

  @Test
  @Shows(S2)
  void tokensGrowThoughTheLineWasForgottenAndManyOthersCame() throws Exception {
    String name = name("forgotten");
    Tyer one = client();
    grows(one.lock(name), "nothing");
    for (int i = 0; i < 150; i++) {
      one.lock(name("another")).acquire().close();
    }
    grows(client().lock(name), "many other names");
  }

  @Test
  @Shows(value = S2, under = Fault.LINE_REMOVED)
  void tokensGrowThoughTheLineWasRemovedByHand() throws Exception {
    require(Feature.REMOVE_LINE);
    expectWarning("by force|removed|missing|is lost");
    String name = name("byhand");
    DistributedLock ours = client().lock(name);
    DistributedLock theirs = client().lock(name);
    for (int i = 0; i < 3; i++) {
      Lease lease = ours.tryAcquire(LONG).orElseThrow();
      hasGrown(lease, "a line removed by hand");
      store.removeLine(name);
      grows(theirs, "a line removed by hand");
      lease.close();
    }
  }

  @Test
  @Shows(S2)
  void everyBatonHasALargerTokenOfTheSameTicket() throws Exception {
    String name = name("batons");
    Tyer one =
        open(
            seat()
                .client()
                .ttl(LONG)
                .option(TyerOption.BATONS, "10")
                .option(TyerOption.BATON_TIME, "30s"));
    Lease first = one.lock(name).acquire();
    hasGrown(first, "nothing");
    long number = first.token() >>> 12;
    List<CompletableFuture<Lease>> waits = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      waits.add(one.lock(name).acquireAsync());
    }
    first.close();
    for (CompletableFuture<Lease> wait : waits) {
      Lease lease = get(wait);
      hasGrown(lease, "a baton");
      assertThat(lease.token() >>> 12).as("the ticket's number").isEqualTo(number);
      lease.close();
    }
    grows(client().lock(name), "batons");
  }

  @Test
  @Shows(S2)
  void everyLeaseUnderBiasHasALargerToken() throws Exception {
    require(Feature.TELLS);
    String name = name("bias");
    DistributedLock ours = client().lock(name).biased(true);
    DistributedLock theirs = client().lock(name);
    for (int i = 0; i < 5000; i++) {
      grows(ours, "a lease under bias");
    }
    grows(theirs, "bias");
    grows(ours, "bias was withdrawn");
  }

  @Test
  @Shows(S2)
  void anExclusiveTokenIsLargerThanThoseOfAllKindsBefore() throws Exception {
    String name = name("kinds");
    Tyer one = client();
    Tyer two = client();
    DistributedLock write = two.readWriteLock(name).writeLock();
    for (int i = 0; i < 3; i++) {
      try (Lease permit = two.semaphore(name, 3).acquire();
          Lease read = one.readWriteLock(name).readLock().acquire()) {
        last = Math.max(last, Math.max(permit.token(), read.token()));
      }
      grows(write, "readers and semaphores");
      grows(one.lock(name), "a writer");
    }
  }

  @Test
  @Shows({S2, API})
  void aDowngradedLeaseKeepsItsTokenAndTheNextWriterHasALargerOne() throws Exception {
    String name = name("downgraded");
    DistributedLock write = client().readWriteLock(name).writeLock();
    try (Lease lease = write.acquire()) {
      hasGrown(lease, "nothing");
      lease.downgrade();
      assertThat(lease.token()).isEqualTo(last);
      try (Lease reader = client().readWriteLock(name).readLock().acquire()) {
        last = Math.max(last, reader.token());
      }
    }
    grows(client().readWriteLock(name).writeLock(), "a downgrade");
  }

  @Test
  @Shows(value = S2, under = Fault.FORCE)
  void tokensGrowWhenALockIsTakenByForce() throws Exception {
    expectWarning("by force|revoked");
    String name = name("force");
    Tyer one = open(shortLived(seat()));
    Tyer two = client();
    Lease revoked = one.lock(name).acquire();
    hasGrown(revoked, "nothing");
    assertThat(two.operator().revoke(name, OptionalLong.empty())).isEqualTo(1);
    try (Lease removed = two.lock(name).tryAcquire(LONG).orElseThrow()) {
      hasGrown(removed, "a revoke");
      assertThat(two.operator().removeNow(name, OptionalLong.empty())).isEqualTo(1);
      grows(client().lock(name), "a removal");
    }
  }

  @Test
  @Shows(API)
  void aTokenIsTheSameAtEachCallFromAnyThreadAndAfterClosing() throws Exception {
    String name = name("same");
    Lease lease = client().lock(name).acquire();
    List<Callers.Calling<Long>> calls = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      calls.add(call(lease::token));
    }
    long token = lease.token();
    for (Callers.Calling<Long> call : calls) {
      assertThat(get(call.outcome)).isEqualTo(token);
    }
    lease.close();
    assertThat(lease.token()).isEqualTo(token);
  }

  @Test
  @Shows(API)
  void aTokenThatIsFirstAskedForAfterClosingIsRefused() throws Exception {
    Lease lease = client().lock(name("late")).acquire();
    lease.close();
    assertThatThrownBy(lease::token).isInstanceOf(IllegalStateException.class);
  }

  @Test
  @Shows(API)
  void listingsShowTheTokenOfTheHolder() throws Exception {
    String name = name("listed");
    Tyer two = client();
    try (Lease lease = client().lock(name).acquire()) {
      LockView.Place place = two.operator().locks(name).get(0).line().get(0);
      assertThat(place.granted()).isTrue();
      assertThat(place.token()).isEqualTo(lease.token());
      assertThat(place.number()).isEqualTo(lease.token() >>> 12);
    }
  }
}
