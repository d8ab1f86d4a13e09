package io.tyer.testkit.contract;

import static io.tyer.testkit.contract.Promise.API;
import static io.tyer.testkit.contract.Promise.L1;
import static io.tyer.testkit.contract.Promise.S1;
import static io.tyer.testkit.contract.Promise.S4;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tyer.DistributedSemaphore;
import io.tyer.Lease;
import io.tyer.LossCause;
import io.tyer.Tyer;
import io.tyer.testkit.fault.LinkState;
import io.tyer.testkit.host.Await;
import io.tyer.testkit.logs.RecordedLogs;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Permits are counted, whoever takes them, and given in the order of the line. */
public abstract class SemaphoreContract extends ContractTest {

  @Test
  @Shows(S1)
  void noMoreThanAllPermitsAreOut() throws Exception {
    String s = name("s");
    DistributedSemaphore one = client().semaphore(s, 3);
    DistributedSemaphore two = client().semaphore(s, 3);
    Lease b = two.acquire();
    try (Lease a = one.acquire();
        Lease c = one.tryAcquire().orElseThrow()) {
      assertThat(two.tryAcquire().asOptional()).isEmpty();
      assertThat(one.tryAcquire().asOptional()).isEmpty();
      assertThat(List.of(a.token(), b.token(), c.token())).doesNotHaveDuplicates();
      b.close();
      two.tryAcquire().orElseThrow().close();
      assertThat(a.isValid() && c.isValid()).isTrue();
    }
  }

  @Test
  @Shows(S1)
  void aLeaseTakesAsManyPermitsAsItSaysAndGivesThemBackTogether() throws Exception {
    String s = name("s");
    DistributedSemaphore one = client().semaphore(s, 5);
    DistributedSemaphore two = client().semaphore(s, 5);
    Lease three = one.taking(3).acquire();
    assertThat(two.taking(3).tryAcquire().asOptional()).isEmpty();
    Lease other = two.taking(2).tryAcquire().orElseThrow();
    assertThat(two.tryAcquire().asOptional()).isEmpty();
    three.close();
    three.close();
    assertThat(one.taking(4).tryAcquire().asOptional()).isEmpty();
    try (Lease again = one.taking(3).tryAcquire().orElseThrow()) {
      assertThat(again.isValid() && other.isValid()).isTrue();
    }
    other.close();
    one.taking(5).tryAcquire().orElseThrow().close();
  }

  @Test
  @Shows(S4)
  void aBigRequestHoldsBackSmallOnesBehindIt() throws Exception {
    String s = name("s");
    Tyer one = client();
    Lease first = one.semaphore(s, 3).acquire();
    CompletableFuture<Lease> big = client().semaphore(s, 3).taking(3).acquireAsync();
    awaitLine(one, s, 2);
    assertThat(one.semaphore(s, 3).tryAcquire().asOptional()).isEmpty();
    CompletableFuture<Lease> small = client().semaphore(s, 3).acquireAsync();
    awaitLine(one, s, 3);
    assertThat(Line.granted(one, s)).containsExactly(true, false, false);
    first.close();
    Lease all = get(big);
    assertThat(Line.granted(one, s)).containsExactly(true, false);
    assertThat(small).isNotDone();
    all.close();
    get(small).close();
  }

  @Test
  @Shows({S4, L1})
  void permitsGoToTheLineInOrder() throws Exception {
    String s = name("s");
    Tyer one = client();
    Lease all = one.semaphore(s, 3).taking(3).acquire();
    List<CompletableFuture<Lease>> line = new ArrayList<>();
    int[] weights = {1, 2, 1, 2};
    for (int i = 0; i < weights.length; i++) {
      line.add(client().semaphore(s, 3).taking(weights[i]).acquireAsync());
      awaitLine(one, s, i + 2);
    }
    all.close();
    Lease first = get(line.get(0));
    Lease second = get(line.get(1));
    assertThat(Line.granted(one, s)).containsExactly(true, true, false, false);
    first.close();
    Lease third = get(line.get(2));
    assertThat(Line.granted(one, s)).containsExactly(true, true, false);
    assertThat(line.get(3)).isNotDone();
    third.close();
    assertThat(Line.granted(one, s)).containsExactly(true, false);
    second.close();
    get(line.get(3)).close();
  }

  @Test
  @Shows(S1)
  void theCapacityIsNeverExceededByManyClients() throws Exception {
    String s = name("s");
    AtomicInteger out = new AtomicInteger();
    List<Callers.Calling<Integer>> callings = new ArrayList<>();
    for (int c = 0; c < 3; c++) {
      DistributedSemaphore semaphore = client().semaphore(s, 4);
      for (int weight = 1; weight <= 3; weight++) {
        DistributedSemaphore taking = semaphore.taking(weight);
        int permits = weight;
        callings.add(
            call(
                () -> {
                  int most = 0;
                  for (int i = 0; i < 25; i++) {
                    try (Lease lease = taking.acquire()) {
                      most = Math.max(most, out.addAndGet(permits));
                      lease.checkValid();
                      Race.dwell(i);
                      out.addAndGet(-permits);
                    }
                  }
                  return most;
                }));
      }
    }
    for (Callers.Calling<Integer> calling : callings) {
      assertThat(get(calling.outcome)).isBetween(1, 4);
    }
    assertThat(out).hasValue(0);
  }

  @Test
  @Shows(API)
  void capacitiesThatDifferAreLoggedAndEachTicketIsJudgedByItsOwn() throws Exception {
    String s = name("s");
    Tyer one = client();
    Tyer two = client();
    expectWarning("lock " + s + " .*permits");
    try (Lease mine = one.semaphore(s, 1).acquire()) {
      try (Lease theirs = two.semaphore(s, 2).tryAcquire().orElseThrow()) {
        assertThat(theirs.isValid()).isTrue();
        assertThat(two.semaphore(s, 2).tryAcquire().asOptional()).isEmpty();
        assertThat(two.semaphore(s, 3).taking(2).tryAcquire().asOptional()).isEmpty();
        try (Lease third = two.semaphore(s, 3).tryAcquire().orElseThrow()) {
          assertThat(third.isValid()).isTrue();
        }
      }
      assertThat(mine.isValid()).isTrue();
    }
    Await.until(
        "the mismatch is logged",
        () ->
            RecordedLogs.soFar().stream()
                .anyMatch(
                    logged -> logged.text().matches("(?s).*lock \\Q" + s + "\\E .*permits.*")));
  }

  @Test
  @Shows(
      value = {L1, S1},
      under = Fault.SILENT_CLIENT)
  void allPermitsOfADeadClientComeBack() throws Exception {
    String s = name("s");
    expectAnOutage();
    Seat dying = seat();
    Tyer dead = open(shortLived(dying));
    Tyer next = client();
    Lease two = dead.semaphore(s, 3).taking(2).acquire();
    Lease one = dead.semaphore(s, 3).acquire();
    CompletableFuture<LossCause> lost = lossOf(two);
    CompletableFuture<Lease> all = next.semaphore(s, 3).taking(3).acquireAsync();
    awaitLine(next, s, 3);
    dying.link(LinkState.SILENT);
    long start = System.nanoTime();
    Lease lease = get(all);
    assertThat(Outcomes.since(start)).isLessThan(SHORT.plus(Outcomes.SLACK));
    assertThat(one.isValid() || two.isValid()).isFalse();
    assertThat(get(lost)).isEqualTo(LossCause.UNPROVED);
    assertThat(Line.of(next, s)).hasSize(1);
    lease.close();
  }

  @Test
  @Shows(S1)
  void permitsAndAMutexOfOneNameShareALine() throws Exception {
    String s = name("s");
    Tyer one = client();
    Tyer two = client();
    try (Lease permit = one.semaphore(s, 2).acquire()) {
      assertThat(two.lock(s).tryAcquire().asOptional()).isEmpty();
      assertThat(permit.isValid()).isTrue();
    }
    try (Lease mutex = two.lock(s).tryAcquire().orElseThrow()) {
      assertThat(one.semaphore(s, 2).tryAcquire().asOptional()).isEmpty();
      assertThat(mutex.isValid()).isTrue();
    }
  }

  @Test
  @Shows(API)
  void numbersOfPermitsThatCannotBeAreRefused() {
    String s = name("s");
    Tyer one = client();
    for (int permits : new int[] {0, -1, 1_000_001}) {
      assertThatThrownBy(() -> one.semaphore(s, permits))
          .isInstanceOf(IllegalArgumentException.class);
    }
    for (int taking : new int[] {0, -1, 4}) {
      assertThatThrownBy(() -> one.semaphore(s, 3).taking(taking))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(one.semaphore(s, 1_000_000).taking(1_000_000).permits()).isEqualTo(1_000_000);
    assertThat(inLine(one, s)).isZero();
  }
}
