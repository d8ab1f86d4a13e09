package io.tyer.testkit.contract;

import static io.tyer.testkit.contract.Outcomes.SLACK;
import static io.tyer.testkit.contract.Outcomes.failure;
import static io.tyer.testkit.contract.Outcomes.since;
import static io.tyer.testkit.contract.Promise.API;
import static io.tyer.testkit.contract.Promise.L1;
import static io.tyer.testkit.contract.Promise.L2;
import static io.tyer.testkit.contract.Promise.L3;
import static io.tyer.testkit.contract.Promise.S1;
import static io.tyer.testkit.contract.Promise.S2;
import static io.tyer.testkit.contract.Promise.S4;
import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.AllLocks;
import io.tyer.DistributedLock;
import io.tyer.DistributedReadWriteLock;
import io.tyer.JavaLock;
import io.tyer.Lease;
import io.tyer.LockView;
import io.tyer.OptionalLease;
import io.tyer.OutcomeUnknownException;
import io.tyer.Tyer;
import io.tyer.TyerClosedException;
import io.tyer.WaitTimeoutException;
import io.tyer.testkit.host.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Several locks taken as one: in the order of their names, all or nothing. */
public abstract class AllContract extends ContractTest {

  private static final Duration WAIT = Duration.ofMillis(500);

  private final String a = name("a");
  private final String b = name("b");
  private final String c = name("c");

  /** A read half, permits and a mutex, given in another order than that of their names. */
  private AllLocks abc(Tyer tyer) {
    return tyer.all(tyer.lock(c), tyer.readWriteLock(a).readLock(), tyer.semaphore(b, 2).taking(2));
  }

  /** How many tickets stand in the lines of a, b and c. */
  private List<Integer> lines(Tyer tyer) {
    return List.of(inLine(tyer, a), inLine(tyer, b), inLine(tyer, c));
  }

  private void awaitLines(Tyer tyer, int ofA, int ofB, int ofC) throws Exception {
    List<Integer> lengths = List.of(ofA, ofB, ofC);
    Await.until(
        () -> lengths + " in line, and not " + lines(tyer), () -> lines(tyer).equals(lengths));
  }

  @Test
  @Shows(S1)
  void oneLeaseHoldsThemAllAndGivesThemBackTogether() throws Exception {
    Tyer one = client();
    Tyer two = client();
    try (Lease all = abc(one).acquire()) {
      assertThat(all.isValid()).isTrue();
      assertThat(two.readWriteLock(a).writeLock().tryAcquire().asOptional()).isEmpty();
      assertThat(two.semaphore(b, 2).tryAcquire().asOptional()).isEmpty();
      assertThat(two.lock(c).tryAcquire().asOptional()).isEmpty();
      assertThat(abc(two).tryAcquire().asOptional()).isEmpty();
      try (Lease beside = two.readWriteLock(a).readLock().tryAcquire().orElseThrow()) {
        assertThat(beside.isValid()).as("readers share").isTrue();
      }
      awaitLines(one, 1, 1, 1);
    }
    awaitLines(one, 0, 0, 0);
    abc(two).tryAcquire().orElseThrow().close();
  }

  @Test
  @Shows(API)
  void theyAreTakenInTheOrderOfTheirNamesBytesAndGivenBackInTheReverse() throws Exception {
    // As characters of Java the last two would come the other way round.
    List<String> inOrder = List.of(name("B"), name("a"), name("\uff5e"), name("\ud83d\ude00"));
    Requests requests = new Requests(seat());
    Tyer one = open(Tyer.builder("noted:").provider(requests).ttl(LONG));
    List<DistributedLock> given = new ArrayList<>(inOrder.stream().map(one::lock).toList());
    Collections.reverse(given);
    AllLocks all = one.all(given.toArray(DistributedLock[]::new));
    assertThat(all.names()).containsExactlyElementsOf(inOrder);
    Lease lease = all.acquire();
    assertThat(requests.of("enter")).containsExactlyElementsOf(inOrder);
    lease.close();
    List<String> reverse = new ArrayList<>(inOrder);
    Collections.reverse(reverse);
    Await.until("all are given back", () -> requests.of("leave").size() == reverse.size());
    if (requests.blocking()) {
      assertThat(requests.of("leave")).containsExactlyInAnyOrderElementsOf(reverse);
    } else {
      assertThat(requests.of("leave")).containsExactlyElementsOf(reverse);
    }
  }

  @Test
  @Shows(S4)
  void whoWaitsForOneHoldsTheSmallerOnesAndHasNoTicketBeyond() throws Exception {
    Tyer one = client();
    Tyer two = client();
    Lease held = two.semaphore(b, 2).acquire();
    CompletableFuture<Lease> waiting = abc(one).acquireAsync();
    awaitLines(two, 1, 2, 0);
    assertThat(two.readWriteLock(a).writeLock().tryAcquire().asOptional()).isEmpty();
    two.lock(c).tryAcquire().orElseThrow().close();
    held.close();
    get(waiting).close();
  }

  @Test
  @Shows(API)
  void whatIsGivenTwiceIsTakenOnceInTheStrongerMode() throws Exception {
    Tyer one = client();
    DistributedReadWriteLock rw = one.readWriteLock(a);
    AllLocks all =
        one.all(
            rw.readLock(),
            one.all(rw.writeLock(), rw.readLock()),
            one.semaphore(b, 4).taking(1),
            one.readWriteLock(b).readLock(),
            one.semaphore(b, 4).taking(3));
    assertThat(all.names()).containsExactly(a, b);
    try (Lease lease = all.acquire()) {
      assertThat(Line.of(one, a)).singleElement().matches(LockView.Place::exclusive);
      assertThat(Line.of(one, b)).singleElement().matches(place -> place.permits() == 3);
      assertThat(lease.isValid()).isTrue();
    }
  }

  @Test
  @Shows(S2)
  void eachNameHasATokenThatGrows() throws Exception {
    Tyer one = client();
    Tyer two = client();
    long ofA;
    long ofC;
    try (Lease all = abc(one).acquire()) {
      ofA = all.tokenOf(a);
      ofC = all.tokenOf(c);
      assertThat(all.tokenOf(c)).as("the same at each call").isEqualTo(ofC);
    }
    try (Lease next = two.all(two.lock(a), two.lock(c)).acquire()) {
      assertThat(next.tokenOf(a)).isGreaterThan(ofA);
      assertThat(next.tokenOf(c)).isGreaterThan(ofC);
    }
  }

  @Test
  @Shows({S4, L2})
  void aTryTakesAllOrNothing() throws Exception {
    Tyer one = client();
    Tyer two = client();
    for (String busy : List.of(a, b, c)) {
      try (Lease held = two.lock(busy).acquire()) {
        assertThat(abc(one).tryAcquire().asOptional()).isEmpty();
        assertThat(get(abc(one).tryAcquireAsync()).asOptional()).isEmpty();
        Await.until("nothing is left", () -> lines(two).stream().mapToInt(i -> i).sum() == 1);
        assertThat(held.isValid()).isTrue();
      }
    }
    abc(one).tryAcquire().orElseThrow().close();
    get(abc(one).tryAcquireAsync()).orElseThrow().close();
  }

  @Test
  @Shows(S4)
  void aTryDoesNotOvertakeWhoWaitsForOneOfThem() throws Exception {
    Tyer one = client();
    Tyer two = client();
    Lease read = one.readWriteLock(a).readLock().acquire();
    CompletableFuture<Lease> write = two.readWriteLock(a).writeLock().acquireAsync();
    awaitLine(one, a, 2);
    assertThat(abc(one).tryAcquire().asOptional()).isEmpty();
    read.close();
    get(write).close();
  }

  @Test
  @Shows(L2)
  void oneTimeOutIsOverAllAndLeavesNothing() throws Exception {
    Tyer one = client();
    Tyer two = client();
    Tyer brief = open(seat().client().ttl(LONG).longestWait(WAIT));
    try (Lease held = two.lock(c).acquire()) {
      long start = System.nanoTime();
      assertThat(abc(one).tryAcquire(WAIT).asOptional()).isEmpty();
      assertThat(since(start)).isBetween(WAIT, WAIT.plus(SLACK));
      start = System.nanoTime();
      assertThat(get(abc(one).tryAcquireAsync(WAIT)).asOptional()).isEmpty();
      assertThat(since(start)).isBetween(WAIT, WAIT.plus(SLACK));
      Throwable over = failure(abc(brief).acquireAsync());
      for (int i = 0; i < 20 && over instanceof OutcomeUnknownException; i++) {
        // So short a wait may end before a busy machine has answered.
        over = failure(abc(brief).acquireAsync());
      }
      assertThat(over).isInstanceOf(WaitTimeoutException.class);
      awaitLines(two, 0, 0, 1);
      assertThat(held.isValid()).isTrue();
    }
  }

  @Test
  @Shows(L2)
  void aFutureThatIsCancelledAtAnyOfThemLeavesNothing() throws Exception {
    Tyer one = client();
    Tyer two = client();
    for (String busy : List.of(a, b, c)) {
      try (Lease held = two.lock(busy).acquire()) {
        CompletableFuture<Lease> waiting = abc(one).acquireAsync();
        CompletableFuture<Long> stage = waiting.thenApply(all -> all.tokenOf(a));
        awaitLine(two, busy, 2);
        assertThat(stage.cancel(true)).isTrue();
        Await.until("nothing is left", () -> lines(two).stream().mapToInt(i -> i).sum() == 1);
        assertThat(held.isValid()).isTrue();
      }
    }
  }

  @Test
  @Shows(L2)
  void anInterruptLeavesNothing() throws Exception {
    Tyer one = client();
    Tyer two = client();
    try (Lease held = two.lock(c).acquire()) {
      Callers.Calling<Lease> waiting = call(() -> abc(one).acquire());
      awaitLines(two, 1, 1, 2);
      waiting.interrupt();
      assertThat(failure(waiting.outcome)).isInstanceOf(InterruptedException.class);
      awaitLines(two, 0, 0, 1);
      assertThat(held.isValid()).isTrue();
    }
  }

  @Test
  @Shows(L3)
  void aClientThatIsClosedMeanwhileLeavesNothing() throws Exception {
    Tyer one = client();
    Tyer two = client();
    try (Lease held = two.lock(c).acquire()) {
      CompletableFuture<OptionalLease> waiting = abc(one).tryAcquireAsync(LONG);
      awaitLines(two, 1, 1, 2);
      expectWarning("is lost: the client that held it was closed");
      one.close();
      assertThat(failure(waiting)).isInstanceOf(TyerClosedException.class);
      awaitLines(two, 0, 0, 1);
      assertThat(held.isValid()).isTrue();
    }
  }

  @Test
  @Shows({L1, S1})
  void whoNamesThemInOppositeOrdersNeverWaitsForOneAnother() throws Exception {
    List<Callers.Calling<Integer>> callings = new ArrayList<>();
    AtomicInteger inside = new AtomicInteger();
    for (int i = 0; i < 2; i++) {
      Tyer tyer = client();
      DistributedLock first = tyer.lock(i == 0 ? a : b);
      DistributedLock second = tyer.lock(i == 0 ? b : a);
      callings.add(
          call(
              () -> {
                int most = 0;
                for (int round = 0; round < 25; round++) {
                  try (Lease lease = tyer.all(first, second).acquire()) {
                    most = Math.max(most, inside.incrementAndGet());
                    lease.checkValid();
                    Race.dwell(round);
                    inside.decrementAndGet();
                  }
                }
                return most;
              }));
    }
    for (Callers.Calling<Integer> calling : callings) {
      assertThat(get(calling.outcome)).isOne();
    }
  }

  @Test
  @Shows(API)
  void theJavaViewLocksThemAll() throws Exception {
    Tyer one = client();
    Tyer two = client();
    JavaLock view = one.all(one.lock(a), one.lock(b)).asJavaLock();
    assertThat(view.tryLock()).isTrue();
    assertThat(two.all(two.lock(b), two.lock(c)).asJavaLock().tryLock()).isFalse();
    assertThat(one.lock(b).asJavaLock().holdCount()).isOne();
    view.unlock();
    awaitLines(two, 0, 0, 0);
  }
}
