package io.tyer.testkit.contract;

import static io.tyer.testkit.contract.Outcomes.SLACK;
import static io.tyer.testkit.contract.Outcomes.since;
import static io.tyer.testkit.contract.Promise.API;
import static io.tyer.testkit.contract.Promise.S1;
import static io.tyer.testkit.contract.Promise.S5;
import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.DistributedLock;
import io.tyer.Lease;
import io.tyer.LossCause;
import io.tyer.Tyer;
import io.tyer.testkit.fault.LinkState;
import io.tyer.testkit.host.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Who loses a lock is told: once, why, and before anybody else is granted it. */
public abstract class LossContract extends ContractTest {

  private static final String UNPROVED = "is lost: no beat was acknowledged in time";

  /** What was told of a lease, and what another client found when it was granted the lock. */
  private static final class Told {
    final List<LossCause> causes = new CopyOnWriteArrayList<>();
    final List<Long> instants = new CopyOnWriteArrayList<>();
    final Lease lease;

    Told(Lease lease) {
      this.lease = lease;
      lease.onLost(
          cause -> {
            instants.add(System.nanoTime());
            causes.add(cause);
          });
    }

    /** Once the next one has been granted: its holder had been told before, once, and why. */
    void before(CompletableFuture<Long> nextGranted, LossCause cause) throws Exception {
      before(nextGranted, cause, Duration.ZERO);
    }

    /** The same, where the listener's thread, once started, may take so long to run. */
    void before(CompletableFuture<Long> nextGranted, LossCause cause, Duration late)
        throws Exception {
      long granted = get(nextGranted);
      Await.until("told", () -> !causes.isEmpty());
      assertThat(causes).containsExactly(cause);
      assertThat(granted - instants.get(0))
          .as("from the telling to the next grant")
          .isGreaterThan(-late.toNanos());
      assertThat(lease.isValid()).isFalse();
    }
  }

  /** Completes with the instant of the grant, at which the other lease must not be valid. */
  private CompletableFuture<Long> nextGrant(Tyer tyer, String name, Lease lost) throws Exception {
    CompletableFuture<Long> granted =
        call(() -> {
              try (Lease lease = tyer.lock(name).acquire()) {
                long now = System.nanoTime();
                assertThat(lost.isValid()).as("valid beside %s", lease).isFalse();
                return now;
              }
            })
            .outcome;
    awaitLine(tyer, name, 2);
    return granted;
  }

  @Test
  @Shows(
      value = {S5, S1},
      under = Fault.CUT)
  void whoIsCutOffIsToldBeforeTheNextGrant() throws Exception {
    expectWarning(UNPROVED);
    String name = name("cut");
    Seat link = seat();
    Told told = new Told(open(shortLived(link)).lock(name).acquire());
    CompletableFuture<Long> next = nextGrant(client(), name, told.lease);
    link.link(LinkState.CUT);
    told.before(next, LossCause.UNPROVED);
    link.link(LinkState.SOUND);
    Await.pause(Duration.ofMillis(300));
    assertThat(told.causes).as("once").hasSize(1);
  }

  @Test
  @Shows(
      value = {S5, S1},
      under = Fault.REFUSED)
  void whoIsRefusedConnectionsIsToldBeforeTheNextGrant() throws Exception {
    expectWarning(UNPROVED);
    String name = name("refused");
    Seat link = seat();
    Told told = new Told(open(shortLived(link)).lock(name).acquire());
    CompletableFuture<Long> next = nextGrant(client(), name, told.lease);
    link.link(LinkState.REFUSING);
    told.before(next, LossCause.UNPROVED);
  }

  @Test
  @Shows(
      value = {S5, S1},
      under = Fault.LOST_REPLY)
  void beatsThatAreNotAcknowledgedProveNothing() throws Exception {
    expectWarning(UNPROVED);
    String name = name("unheard");
    Seat link = seat();
    Told told = new Told(open(shortLived(link)).lock(name).acquire());
    CompletableFuture<Long> next = nextGrant(client(), name, told.lease);
    link.link(LinkState.REPLIES_LOST);
    Await.until("told", () -> !told.causes.isEmpty());
    assertThat(told.lease.isValid()).isFalse();
    link.link(LinkState.SOUND);
    told.before(next, LossCause.UNPROVED);
  }

  @Test
  @Shows(
      value = {S5, S1},
      under = Fault.FORCE)
  void whoIsRevokedIsToldBeforeTheNextGrant() throws Exception {
    expectWarning("by force|revoked");
    String name = name("revoked");
    Told told = new Told(open(shortLived(seat())).lock(name).acquire());
    Tyer two = client();
    CompletableFuture<Long> next = nextGrant(two, name, told.lease);
    assertThat(two.operator().revoke(name, OptionalLong.empty())).isEqualTo(1);
    told.before(next, LossCause.REVOKED);
    told.lease.close();
  }

  @Test
  @Shows(value = API, under = Fault.FORCE)
  void whoseTicketIsRemovedIsToldSoon() throws Exception {
    expectWarning("by force|revoked");
    String name = name("removed");
    Told told = new Told(open(shortLived(seat())).lock(name).acquire());
    long start = System.nanoTime();
    assertThat(client().operator().removeNow(name, OptionalLong.empty())).isEqualTo(1);
    Await.until("told", () -> !told.causes.isEmpty());
    assertThat(since(start)).isLessThan(SLACK);
    assertThat(told.causes).containsExactly(LossCause.REMOVED);
    assertThat(told.lease.isValid()).isFalse();
  }

  @Test
  @Shows({S5, S1})
  void whoHoldsForTooLongIsToldBeforeTheNextGrant() throws Exception {
    expectWarning("is lost: it was held for its maximum time");
    String name = name("held");
    DistributedLock lock = open(shortLived(seat())).lock(name);
    // Long enough for somebody to stand in line meanwhile, on a busy machine, too.
    Duration most = Duration.ofSeconds(3);
    Told told = new Told(lock.maxHold(Duration.ofSeconds(2)).acquire());
    long start = System.nanoTime();
    told.lease.extend(most);
    CompletableFuture<Long> next = nextGrant(client(), name, told.lease);
    told.before(next, LossCause.MAX_HOLD);
    assertThat(since(start)).isBetween(most, most.plus(SLACK));
  }

  @Test
  @Shows({S5, S1})
  void whoseClientIsClosedIsToldBeforeTheNextGrant() throws Exception {
    expectWarning("is lost: the client that held it was closed");
    String name = name("closed");
    Tyer one = client();
    Told told = new Told(one.lock(name).acquire());
    CompletableFuture<Long> next = nextGrant(client(), name, told.lease);
    one.close();
    // No margin lies between: told is who has been started, and may not have run yet.
    told.before(next, LossCause.CLOSED, Duration.ofMillis(500));
  }

  @Test
  @Shows(value = API, under = Fault.CUT)
  void allLeasesOfASessionAreTold() throws Exception {
    expectWarning(UNPROVED);
    Seat link = seat();
    Tyer one = open(shortLived(link));
    List<Told> all = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      all.add(new Told(one.lock(name("mutex")).acquire()));
      all.add(new Told(one.readWriteLock(name("read")).readLock().acquire()));
      all.add(new Told(one.semaphore(name("semaphore"), 2).acquire()));
    }
    link.link(LinkState.CUT);
    for (Told told : all) {
      Await.until("told", () -> !told.causes.isEmpty());
      assertThat(told.causes).containsExactly(LossCause.UNPROVED);
      assertThat(told.lease.isValid()).isFalse();
    }
  }

  @Test
  @Shows(value = API, under = Fault.CUT)
  void everyListenerIsToldAlsoBesideOneThatFailsOrBlocks() throws Exception {
    expectWarning(UNPROVED);
    expectWarning("a listener for the loss of lock .* failed");
    Seat link = seat();
    Lease lease = open(shortLived(link)).lock(name("several")).acquire();
    CountDownLatch end = new CountDownLatch(1);
    lease.onLost(
        cause -> {
          throw new IllegalStateException("thrown by a test");
        });
    lease.onLost(
        cause -> {
          try {
            end.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    CompletableFuture<LossCause> first = lossOf(lease);
    CompletableFuture<LossCause> second = lossOf(lease);
    try {
      link.link(LinkState.CUT);
      assertThat(get(first)).isEqualTo(LossCause.UNPROVED);
      assertThat(get(second)).isEqualTo(LossCause.UNPROVED);
      assertThat(get(lossOf(lease))).as("added after the loss").isEqualTo(LossCause.UNPROVED);
    } finally {
      end.countDown();
    }
  }

  @Test
  @Shows(API)
  void noReleaseIsALoss() throws Exception {
    expectWarning("is lost: the client that held it was closed");
    String name = name("released");
    Tyer one = client();
    Told closed = new Told(one.lock(name).acquire());
    closed.lease.close();
    Told later = new Told(one.lock(name).acquire());
    CompletableFuture<Void> left = later.lease.closeAsync();
    get(left);
    CompletableFuture<LossCause> afterwards = lossOf(later.lease);
    Told lost = new Told(one.lock(name).acquire());
    one.close();
    Await.until("the last one is told", () -> !lost.causes.isEmpty());
    assertThat(closed.causes).isEmpty();
    assertThat(later.causes).isEmpty();
    assertThat(afterwards).isNotDone();
  }
}
