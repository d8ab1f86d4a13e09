package io.tyer.testkit.contract;

import static io.tyer.testkit.contract.Promise.API;
import static io.tyer.testkit.contract.Promise.L1;
import static io.tyer.testkit.contract.Promise.S1;
import static io.tyer.testkit.contract.Promise.S2;
import static io.tyer.testkit.contract.Promise.S5;
import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.DistributedLock;
import io.tyer.Lease;
import io.tyer.LossCause;
import io.tyer.OptionalLease;
import io.tyer.Tyer;
import io.tyer.TyerOption;
import io.tyer.testkit.fault.LinkState;
import io.tyer.testkit.host.Await;
import io.tyer.testkit.logs.RecordedLogs;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Tickets that are kept after the last local release, until another client asks. */
public abstract class BiasContract extends ContractTest {

  /** How much longer than a recall the next look at a line takes, or idleness, with LONG. */
  private static final Duration MUCH_LONGER = LONG.dividedBy(3).dividedBy(4).multipliedBy(3);

  private void keeps(Tyer keeper, String name) throws Exception {
    keeper.lock(name).biased(true).acquire().close();
    assertThat(inLine(keeper, name)).as("kept").isEqualTo(1);
  }

  @Test
  @Shows({API, S2})
  void aKeptLockIsAcquiredAgainWithoutACallToTheStore() throws Exception {
    require(Feature.TELLS);
    Calls calls = new Calls();
    Tyer keeper = open(seat().client().ttl(LONG).listener(calls));
    DistributedLock lock = keeper.lock(name("a")).biased(true);
    long token = 0;
    for (int i = 0; i < 500; i++) {
      try (Lease lease = lock.acquire()) {
        assertThat(lease.isValid()).isTrue();
        assertThat(lease.token()).isGreaterThan(token);
        token = lease.token();
      }
    }
    assertThat(calls.of("enter")).isEqualTo(1);
    assertThat(calls.of("leave")).isZero();
  }

  @Test
  @Shows({L1, S2})
  void anotherClientIsGrantedWhatIsMerelyKeptWithinARecall() throws Exception {
    require(Feature.TELLS);
    String a = name("a");
    Tyer keeper = client();
    Tyer other = client();
    long token;
    try (Lease lease = keeper.lock(a).biased(true).acquire()) {
      token = lease.token();
    }
    long start = System.nanoTime();
    try (Lease lease = other.lock(a).acquire()) {
      assertThat(Outcomes.since(start)).isLessThan(MUCH_LONGER);
      assertThat(lease.token()).isGreaterThan(token);
      assertThat(keeper.lock(a).biased(true).tryAcquire().asOptional()).isEmpty();
    }
    assertThat(inLine(other, a)).isZero();
  }

  @Test
  @Shows(API)
  void aTryGetsWhatIsMerelyKept() throws Exception {
    require(Feature.TELLS);
    Tyer keeper = client();
    Tyer other = client();
    AtomicInteger tries = new AtomicInteger();
    // On a busy machine most recalls take longer than the 50 ms for which a try waits.
    Await.until(
        "a try gets what is merely kept",
        () -> {
          String a = name("a" + tries.incrementAndGet());
          keeps(keeper, a);
          OptionalLease lease = other.lock(a).tryAcquire();
          lease.ifPresent(Lease::close);
          awaitLine(other, a, 0);
          return lease.isPresent();
        });
  }

  @Test
  @Shows(S1)
  void whatIsHeldIsRecalledOnlyWhenItIsGivenBack() throws Exception {
    require(Feature.TELLS);
    String a = name("a");
    Tyer keeper = client();
    Tyer other = client();
    keeps(keeper, a);
    Lease held = keeper.lock(a).biased(true).acquire();
    assertThat(other.lock(a).tryAcquire().asOptional()).isEmpty();
    awaitLine(other, a, 1);
    CompletableFuture<Lease> theirs = other.lock(a).acquireAsync();
    awaitLine(other, a, 2);
    assertThat(Line.granted(other, a)).containsExactly(true, false);
    assertThat(held.isValid()).isTrue();
    held.close();
    long start = System.nanoTime();
    Lease lease = get(theirs);
    assertThat(Outcomes.since(start)).isLessThan(MUCH_LONGER);
    lease.close();
  }

  @Test
  @Shows({S1, S2})
  void twoClientsThatBothKeepTakeTurnsAndTokensGrow() throws Exception {
    require(Feature.TELLS);
    String a = name("a");
    Tyer[] keepers = {client(), client()};
    long token = 0;
    for (int i = 0; i < 20; i++) {
      try (Lease lease = keepers[i / 2 % 2].lock(a).biased(true).acquire()) {
        assertThat(lease.token()).isGreaterThan(token);
        assertThat(lease.isValid()).isTrue();
        token = lease.token();
      }
    }
  }

  @Test
  @Shows(value = L1, under = Fault.LOST_HINTS)
  void aLostRecallCostsNoMoreThanTheNextLookAtTheLine() throws Exception {
    require(Feature.TELLS);
    String a = name("a");
    Duration ttl = Duration.ofSeconds(6);
    Seat deaf = seat();
    Tyer keeper = open(deaf.client().ttl(ttl).option(TyerOption.BIAS_IDLE, "1h"));
    keeps(keeper, a);
    deaf.link(LinkState.HINTS_LOST);
    long start = System.nanoTime();
    try (Lease lease = client().lock(a).acquire()) {
      assertThat(lease.isValid()).isTrue();
      assertThat(Outcomes.since(start)).isLessThan(ttl.dividedBy(3).plus(Outcomes.SLACK));
    }
    hintsWereLost(List.of(deaf));
  }

  @Test
  @Shows(API)
  void whatLiesUnusedIsGivenBack() throws Exception {
    require(Feature.TELLS);
    String a = name("a");
    Tyer keeper = open(seat().client().ttl(LONG).option(TyerOption.BIAS_IDLE, "200ms"));
    keeper.lock(a).biased(true).acquire().close();
    long start = System.nanoTime();
    awaitLine(keeper, a, 0);
    assertThat(Outcomes.since(start)).isLessThan(MUCH_LONGER);
    try (Lease again = keeper.lock(a).biased(true).acquire()) {
      assertThat(again.isValid()).isTrue();
    }
  }

  @Test
  @Shows(
      value = {S5, S1},
      under = Fault.CUT)
  void lossUnderBiasIsToldAndEndsTheKeeping() throws Exception {
    require(Feature.TELLS);
    expectAnOutage();
    String held = name("held");
    String kept = name("kept");
    Seat cut = seat();
    Tyer keeper = open(shortLived(cut).option(TyerOption.BIAS_IDLE, "1h"));
    keeps(keeper, kept);
    keeper.lock(held).biased(true).acquire().close();
    Lease lease = keeper.lock(held).biased(true).acquire();
    CompletableFuture<LossCause> lost = lossOf(lease);
    CompletableFuture<Long> told = lost.thenApply(cause -> System.nanoTime());
    Tyer other = client();
    CompletableFuture<Lease> first = other.lock(held).acquireAsync();
    CompletableFuture<Long> granted = first.thenApply(next -> System.nanoTime());
    awaitLine(other, held, 2);
    cut.link(LinkState.CUT);
    CompletableFuture<Lease> second = other.lock(kept).acquireAsync();
    assertThat(get(first).isValid()).isTrue();
    assertThat(lease.isValid()).isFalse();
    assertThat(get(lost)).isEqualTo(LossCause.UNPROVED);
    assertThat(get(told) - get(granted)).as("from the next grant to the telling").isNegative();
    long token = get(second).token();
    cut.link(LinkState.SOUND);
    lease.close();
    CompletableFuture<Lease> again = keeper.lock(kept).biased(true).acquireAsync();
    awaitLine(other, kept, 2);
    assertThat(get(second).isValid()).isTrue();
    get(second).close();
    assertThat(get(again).token()).isGreaterThan(token);
    get(again).close();
    get(first).close();
  }

  @Test
  @Shows(API)
  void readersAndPermitsAreNotKept() throws Exception {
    String a = name("a");
    Tyer keeper = open(seat().client().ttl(LONG).option(TyerOption.BIAS, "true"));
    expectWarning("cannot tell this client");
    keeper.readWriteLock(a).readLock().acquire().close();
    assertThat(inLine(keeper, a)).isZero();
    keeper.semaphore(a, 2).acquire().close();
    assertThat(inLine(keeper, a)).isZero();
    Lease writer = keeper.readWriteLock(a).writeLock().acquire();
    writer.downgrade();
    writer.close();
    assertThat(inLine(keeper, a)).isZero();
  }

  @Test
  @Shows(API)
  void whereTheStoreCannotTellNothingIsKept() throws Exception {
    String a = name("a");
    Seat seat = seat();
    Tyer untold = open(Tyer.builder("untold:").provider(new Untold(seat)).ttl(LONG));
    untold.lock(a).biased(true).acquire().close();
    assertThat(inLine(untold, a)).isZero();
    assertThat(RecordedLogs.soFar()).isEmpty();
    expectWarning("the option bias is without effect");
    Tyer wanting =
        open(
            Tyer.builder("untold:")
                .provider(new Untold(seat))
                .ttl(LONG)
                .option(TyerOption.BIAS, "true"));
    assertThat(RecordedLogs.soFar())
        .anyMatch(logged -> logged.text().contains("the option bias is without effect"));
    wanting.lock(a).acquire().close();
    assertThat(inLine(untold, a)).isZero();
  }

  @Test
  @Shows(API)
  void nothingIsKeptUnlessAskedFor() throws Exception {
    String a = name("a");
    Tyer plain = client();
    plain.lock(a).acquire().close();
    assertThat(inLine(plain, a)).isZero();
    require(Feature.TELLS);
    Tyer keeper = open(seat().client().ttl(LONG).option(TyerOption.BIAS, "true"));
    keeper.lock(a).biased(false).acquire().close();
    assertThat(inLine(plain, a)).isZero();
    keeper.lock(a).acquire().close();
    assertThat(inLine(plain, a)).isEqualTo(1);
    keeper.close();
    assertThat(inLine(plain, a)).isZero();
  }
}
