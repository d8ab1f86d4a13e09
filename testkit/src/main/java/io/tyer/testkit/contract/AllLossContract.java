package io.tyer.testkit.contract;

import static io.tyer.testkit.contract.Promise.L1;
import static io.tyer.testkit.contract.Promise.S1;
import static io.tyer.testkit.contract.Promise.S5;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tyer.AllLocks;
import io.tyer.Lease;
import io.tyer.LeaseLostException;
import io.tyer.LossCause;
import io.tyer.Tyer;
import io.tyer.TyerOption;
import io.tyer.testkit.fault.LinkState;
import io.tyer.testkit.host.Await;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Several locks held as one: the loss of one is the loss of all, told once. */
public abstract class AllLossContract extends ContractTest {

  private final String a = name("a");
  private final String b = name("b");
  private final String c = name("c");

  private AllLocks abc(Tyer tyer) {
    return tyer.all(tyer.lock(c), tyer.lock(b), tyer.lock(a));
  }

  @Test
  @Shows(
      value = {S1, S5},
      under = Fault.FORCE)
  void theLossOfOneIsTheLossOfAllToldOnce() throws Exception {
    expectForce();
    Tyer one = open(seat().client().ttl(LONG).option(TyerOption.MARGIN, "500ms"));
    Tyer two = client();
    List<LossCause> told = new CopyOnWriteArrayList<>();
    Lease all = abc(one).acquire();
    all.onLost(told::add);
    CompletableFuture<LossCause> first = lossOf(all);
    CompletableFuture<Boolean> toldBefore = new CompletableFuture<>();
    CompletableFuture<Lease> next =
        two.lock(b)
            .acquireAsync()
            .whenComplete((lease, failure) -> toldBefore.complete(first.isDone()));
    awaitLine(two, b, 2);
    assertThat(client().operator().revoke(b, OptionalLong.empty())).isOne();
    Lease theirs = get(next);
    assertThat(get(toldBefore)).as("told before the next was granted").isTrue();
    assertThat(get(first)).isEqualTo(LossCause.REVOKED);
    assertThat(all.isValid()).isFalse();
    assertThat(all.remaining()).isEqualTo(Duration.ZERO);
    assertThatThrownBy(all::checkValid).isInstanceOf(LeaseLostException.class);
    assertThat(two.lock(a).tryAcquire().asOptional()).as("until it is closed").isEmpty();
    assertThat(two.operator().removeNow(c, OptionalLong.empty())).isOne();
    Await.until("the second one is lost, too", () -> inLine(two, c) == 0);
    assertThat(get(lossOf(all))).as("added after the loss").isIn(lossesByForce());
    all.close();
    awaitLine(two, a, 0);
    assertThat(told).containsExactly(LossCause.REVOKED);
    theirs.close();
  }

  private static List<LossCause> lossesByForce() {
    return List.of(LossCause.REVOKED, LossCause.REMOVED);
  }

  @Test
  @Shows(
      value = {S1, S5},
      under = Fault.SILENT_CLIENT)
  void theLossOfTheSessionIsToldOnceForAll() throws Exception {
    expectAnOutage();
    Seat dying = seat();
    Tyer dead = open(shortLived(dying));
    Tyer next = client();
    List<LossCause> told = new CopyOnWriteArrayList<>();
    Lease all = abc(dead).acquire();
    all.onLost(told::add);
    CompletableFuture<Lease> theirs = abc(next).acquireAsync();
    awaitLine(next, a, 2);
    dying.link(LinkState.SILENT);
    Lease lease = get(theirs);
    assertThat(all.isValid()).isFalse();
    assertThat(get(lossOf(all))).isEqualTo(LossCause.UNPROVED);
    Await.until("told", () -> !told.isEmpty());
    assertThat(lease.isValid()).isTrue();
    lease.close();
    assertThat(told).containsExactly(LossCause.UNPROVED);
  }

  @Test
  @Shows(value = L1, under = Fault.FORCE)
  void whatIsLostWhileTheOthersAreWaitedForIsTakenAnew() throws Exception {
    expectForce();
    Tyer one = client();
    Tyer two = client();
    Lease held = two.lock(c).acquire();
    CompletableFuture<Lease> waiting = abc(one).acquireAsync();
    awaitLine(two, c, 2);
    long first = Line.number(two, a, 0);
    assertThat(two.operator().removeNow(a, OptionalLong.empty())).isOne();
    Await.until(
        "taken anew",
        () -> {
          var line = Line.of(two, a);
          return line.size() == 1 && line.get(0).number() != first;
        });
    held.close();
    try (Lease all = get(waiting)) {
      assertThat(all.isValid()).isTrue();
      assertThat(all.tokenOf(a)).isGreaterThan(first << 12);
    }
  }
}
