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
import io.tyer.LossCause;
import io.tyer.StoreUnreachableException;
import io.tyer.Tyer;
import io.tyer.TyerOption;
import io.tyer.testkit.fault.LinkState;
import io.tyer.testkit.host.Await;
import io.tyer.testkit.logs.RecordedLogs;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What an operator takes by force. */
public abstract class ForceContract extends ContractTest {

  /** A client that has only so much time to stop when it is told of a loss. */
  private Tyer holder() {
    return open(seat().client().ttl(LONG).option(TyerOption.MARGIN, "500ms"));
  }

  @Test
  @Shows(
      value = {S1, S5, L1},
      under = Fault.FORCE)
  void aRevokedHolderIsToldBeforeTheNextIsGranted() throws Exception {
    String a = name("a");
    expectForce();
    Lease held = holder().lock(a).acquire();
    long token = held.token();
    AtomicLong told = new AtomicLong();
    CompletableFuture<LossCause> lost = new CompletableFuture<>();
    held.onLost(
        cause -> {
          told.set(System.nanoTime());
          lost.complete(cause);
        });
    Tyer next = client();
    CompletableFuture<Long> granted = new CompletableFuture<>();
    CompletableFuture<Lease> theirs =
        next.lock(a)
            .acquireAsync()
            .whenComplete((lease, failure) -> granted.complete(System.nanoTime()));
    awaitLine(next, a, 2);
    assertThat(client().operator().revoke(a, OptionalLong.empty())).isEqualTo(1);
    Lease lease = get(theirs);
    assertThat(held.isValid()).isFalse();
    assertThat(get(lost)).isEqualTo(LossCause.REVOKED);
    assertThat(told.get() - get(granted)).as("told before the next was granted").isNegative();
    assertThatThrownBy(held::checkValid).isInstanceOf(LeaseLostException.class);
    assertThat(lease.token()).isGreaterThan(token);
    held.close();
    assertThat(lease.isValid()).isTrue();
    lease.close();
  }

  @Test
  @Shows(value = S1, under = Fault.FORCE)
  void oneOfSeveralReadersIsRevokedByItsNumber() throws Exception {
    String a = name("a");
    expectForce();
    Lease first = holder().readWriteLock(a).readLock().acquire();
    Lease second = holder().readWriteLock(a).readLock().acquire();
    CompletableFuture<LossCause> lost = lossOf(second);
    CompletableFuture<LossCause> unharmed = lossOf(first);
    Tyer operator = client();
    long number = Line.number(operator, a, 1);
    assertThat(operator.operator().revoke(a, OptionalLong.of(number))).isEqualTo(1);
    assertThat(get(lost)).isEqualTo(LossCause.REVOKED);
    awaitLine(operator, a, 1);
    assertThat(second.isValid()).isFalse();
    assertThat(first.isValid()).isTrue();
    assertThat(unharmed).isNotDone();
    assertThat(operator.lock(a).tryAcquire().asOptional()).isEmpty();
    first.close();
    second.close();
  }

  @Test
  @Shows(value = S1, under = Fault.FORCE)
  void allHoldersAreRevokedWithoutANumberAndNoWaiterIs() throws Exception {
    String s = name("s");
    expectForce();
    Lease one = holder().semaphore(s, 2).acquire();
    Lease two = holder().semaphore(s, 2).acquire();
    Tyer operator = client();
    CompletableFuture<Lease> waiting = operator.semaphore(s, 2).acquireAsync();
    awaitLine(operator, s, 3);
    CompletableFuture<LossCause> first = lossOf(one);
    CompletableFuture<LossCause> second = lossOf(two);
    assertThat(operator.operator().revoke(s, OptionalLong.empty())).isEqualTo(2);
    assertThat(get(first)).isEqualTo(LossCause.REVOKED);
    assertThat(get(second)).isEqualTo(LossCause.REVOKED);
    Lease lease = get(waiting);
    assertThat(lease.isValid()).isTrue();
    lease.close();
    one.close();
    two.close();
  }

  @Test
  @Shows(value = L1, under = Fault.FORCE)
  void aRevokedWaiterLosesItsPlaceToTheNext() throws Exception {
    String a = name("a");
    expectForce();
    Tyer operator = client();
    Lease held = operator.lock(a).acquire();
    CompletableFuture<Lease> revoked = holder().lock(a).acquireAsync();
    awaitLine(operator, a, 2);
    CompletableFuture<Lease> next = client().lock(a).acquireAsync();
    awaitLine(operator, a, 3);
    long number = Line.number(operator, a, 1);
    assertThat(operator.operator().revoke(a, OptionalLong.of(number))).isEqualTo(1);
    assertThat(held.isValid()).isTrue();
    held.close();
    Lease lease = get(next);
    assertThat(Line.of(operator, a)).noneMatch(place -> place.number() == number);
    if (revoked.isDone()) {
      // It was granted before its client knew, and was told then.
      assertThat(get(lossOf(get(revoked)))).isEqualTo(LossCause.REVOKED);
      lease.close();
    } else {
      lease.close();
      assertThat(get(revoked).isValid()).isTrue();
    }
    get(revoked).close();
  }

  @Test
  @Shows(
      value = {S2, API},
      under = Fault.FORCE)
  void whatIsRemovedNowIsFreeAtOnceAndFencedOff() throws Exception {
    String a = name("a");
    expectForce();
    // Its margin is 3 s: whoever waited for that would come too late.
    Lease held = client().lock(a).acquire();
    long token = held.token();
    CompletableFuture<LossCause> lost = lossOf(held);
    Tyer next = client();
    CompletableFuture<Lease> theirs = next.lock(a).acquireAsync();
    awaitLine(next, a, 2);
    assertThat(next.operator().removeNow(a, OptionalLong.empty())).isEqualTo(1);
    assertThat(Line.granted(next, a)).containsExactly(true);
    Lease lease = get(theirs);
    assertThat(lease.token()).isGreaterThan(token);
    assertThat(get(lost)).isEqualTo(LossCause.REMOVED);
    held.close();
    assertThat(lease.isValid()).isTrue();
    assertThat(inLine(next, a)).isEqualTo(1);
    lease.close();
  }

  @Test
  @Shows(value = L1, under = Fault.FORCE)
  void aWaiterWhoseTicketIsRemovedEntersAgain() throws Exception {
    String a = name("a");
    expectForce();
    expectWarning("was removed by force; entering again");
    Tyer operator = client();
    Lease held = operator.lock(a).acquire();
    CompletableFuture<Lease> waiting = client().lock(a).acquireAsync();
    awaitLine(operator, a, 2);
    long number = Line.number(operator, a, 1);
    assertThat(operator.operator().removeNow(a, OptionalLong.of(number))).isEqualTo(1);
    Await.until(
        "in line again", () -> inLine(operator, a) == 2 && Line.number(operator, a, 1) > number);
    assertThat(waiting).isNotDone();
    held.close();
    get(waiting).close();
  }

  @Test
  @Shows(value = API, under = Fault.FORCE)
  void nothingIsRevokedWhereNothingIs() throws Exception {
    String a = name("a");
    expectForce();
    Tyer operator = client();
    assertThat(operator.operator().revoke(a, OptionalLong.empty())).isZero();
    assertThat(operator.operator().removeNow(a, OptionalLong.of(7))).isZero();
    try (Lease held = operator.lock(a).acquire()) {
      long other = Line.number(operator, a, 0) + 1;
      assertThat(operator.operator().revoke(a, OptionalLong.of(other))).isZero();
      assertThat(operator.operator().removeNow(a, OptionalLong.of(other))).isZero();
      assertThat(held.isValid()).isTrue();
    }
    assertThat(inLine(operator, a)).isZero();
  }

  @Test
  @Shows(
      value = {S1, L1},
      under = Fault.FORCE)
  void aRevokedHolderThatIsCutOffHoldsOthersOffUntilItsTtlIsOver() throws Exception {
    String a = name("a");
    expectForce();
    expectAnOutage();
    Seat cut = seat();
    Lease held = open(shortLived(cut)).lock(a).acquire();
    Tyer next = client();
    CompletableFuture<Long> granted = new CompletableFuture<>();
    CompletableFuture<Lease> theirs =
        next.lock(a)
            .acquireAsync()
            .whenComplete((lease, failure) -> granted.complete(System.nanoTime()));
    awaitLine(next, a, 2);
    cut.link(LinkState.CUT);
    long cutNanos = System.nanoTime();
    Duration proved = held.remaining();
    assertThat(next.operator().revoke(a, OptionalLong.empty())).isEqualTo(1);
    Lease lease = get(theirs);
    assertThat(held.isValid()).isFalse();
    assertThat(Duration.ofNanos(get(granted) - cutNanos))
        .isGreaterThanOrEqualTo(proved)
        .isLessThan(SHORT.plus(Outcomes.SLACK));
    lease.close();
  }

  @Test
  @Shows(value = API, under = Fault.FORCE)
  void forceIsLogged() throws Exception {
    String a = name("a");
    expectForce();
    Tyer operator = client();
    Lease held = holder().lock(a).acquire();
    assertThat(operator.operator().revoke(a, OptionalLong.empty())).isEqualTo(1);
    assertThat(RecordedLogs.soFar())
        .anyMatch(logged -> logged.text().matches(".*\\Q" + a + "\\E.* revoked by force"));
    awaitLine(operator, a, 0);
    assertThat(operator.operator().removeNow(a, OptionalLong.empty())).isZero();
    assertThat(RecordedLogs.soFar())
        .anyMatch(logged -> logged.text().matches(".*\\Q" + a + "\\E.* removed by force"));
    held.close();
  }

  @Test
  @Shows(value = API, under = Fault.REFUSED)
  void forceNeedsTheStore() throws Exception {
    String a = name("a");
    Seat refused = seat();
    Tyer operator = open(refused.client().ttl(LONG));
    try (Lease held = client().lock(a).acquire()) {
      refused.link(LinkState.REFUSING);
      assertThatThrownBy(() -> operator.operator().revoke(a, OptionalLong.empty()))
          .isInstanceOf(StoreUnreachableException.class);
      refused.link(LinkState.SOUND);
      assertThat(held.isValid()).isTrue();
    }
  }
}
