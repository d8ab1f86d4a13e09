package io.tyer.testkit.contract;

import static io.tyer.testkit.contract.Promise.API;
import static io.tyer.testkit.contract.Promise.L3;
import static io.tyer.testkit.contract.Promise.S2;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tyer.DistributedLock;
import io.tyer.Lease;
import io.tyer.LeaseLostException;
import io.tyer.LockView;
import io.tyer.LossCause;
import io.tyer.OutcomeUnknownException;
import io.tyer.Tyer;
import io.tyer.TyerClosedException;
import io.tyer.testkit.fault.LinkState;
import io.tyer.testkit.host.Await;
import io.tyer.testkit.server.Contents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is over leaves nothing: neither in the store nor in the process. */
public abstract class NothingLeftContract extends ContractTest {

  /** How many cycles must not let anything grow: {@code -Dtyer.cycles=1000000} for a long run. */
  private static final int CYCLES = Integer.getInteger("tyer.cycles", 8_000);

  private static final int POOLED = 12;

  @Test
  @Shows(L3)
  void namesUsedOnceDoNotAccumulate() throws Exception {
    Tyer one = client();
    String often = name("often");
    for (int i = 0; i < 1000; i++) {
      DistributedLock lock = one.lock(often + "/" + i);
      lock.acquire().close();
      one.readWriteLock(often + "/" + i).readLock().acquire().close();
    }
    assertThat(store.look().tickets()).isEmpty();
    assertThat(store.look().sessions()).isEqualTo(1);
  }

  @Test
  @Shows(L3)
  void aClosedClientLeavesNothingFromThatMomentOn() throws Exception {
    expectWarning("client that held it was closed");
    Tyer one = open(seat().client().ttl(LONG));
    for (int i = 0; i < 20; i++) {
      assertThat(one.lock(name("a")).acquire().isValid()).isTrue();
    }
    one.lock(name("kept")).biased(true).acquire().close();
    assertThat(store.look().sessions()).isEqualTo(1);
    one.close();
    Contents left = store.look();
    assertThat(left).matches(Contents::isEmpty);
    one.close();
  }

  @Test
  @Shows(value = L3, under = Fault.CUT)
  void aCrashedClientLeavesNothingAfterItsTtlAndASweep() throws Exception {
    expectAnOutage();
    expectWarning("client that held it was closed");
    Seat crashed = seat();
    Tyer one = open(shortLived(crashed));
    String held = name("held");
    for (int i = 0; i < 5; i++) {
      assertThat(one.lock(held + i).acquire().isValid()).isTrue();
    }
    Lease others = client().lock(name("theirs")).acquire();
    CompletableFuture<Lease> waiting = one.lock(others.name()).acquireAsync();
    awaitLine(one, others.name(), 2);
    crashed.link(LinkState.CUT);
    one.close();
    assertThat(waiting).isCompletedExceptionally();
    assertThat(store.look().sessions()).isEqualTo(2);
    Tyer next = open(seat().client().ttl(SHORT));
    long start = System.nanoTime();
    Await.until("swept", () -> onlyTwoAndOneTicketAreLeft(next));
    assertThat(Outcomes.since(start)).isLessThan(Duration.ofSeconds(2).plus(Outcomes.SLACK));
    assertThat(store.look().tickets(others.name())).isEqualTo(1);
    assertThat(others.isValid()).isTrue();
    others.close();
    next.close();
  }

  @Test
  @Shows(value = L3, under = Fault.SILENT_CLIENT)
  void aSilentClientLeavesNothingAfterItsTtlAndASweepThoughItsConnectionStays() throws Exception {
    expectAnOutage();
    Seat silent = seat();
    Tyer one = open(shortLived(silent));
    Lease held = one.lock(name("held")).acquire();
    Lease others = client().lock(name("theirs")).acquire();
    CompletableFuture<Lease> waiting = one.lock(others.name()).acquireAsync();
    awaitLine(one, others.name(), 2);
    silent.link(LinkState.SILENT);
    assertThat(store.look().sessions()).isEqualTo(2);
    Tyer next = open(seat().client().ttl(SHORT));
    Await.until("swept", () -> onlyTwoAndOneTicketAreLeft(next));
    assertThat(store.look().tickets(others.name())).isEqualTo(1);
    assertThat(held.isValid()).isFalse();
    assertThat(others.isValid()).isTrue();
    if (waiting.isDone()) {
      // The answer to its enter was on its way when the client fell silent.
      assertThat(Outcomes.failure(waiting)).isInstanceOf(OutcomeUnknownException.class);
    }
    others.close();
    next.close();
  }

  private boolean onlyTwoAndOneTicketAreLeft(Tyer next) throws Exception {
    if (store.sweptByShard()) {
      // It may use none of the shards in which something was left.
      List<LockView> unused = next.operator().locks("");
    }
    return store.look().sessions() == 2 && store.look().tickets().size() == 1;
  }

  @Test
  @Shows(L3)
  void clientsThatComeAndGoLeaveNoThreadAndNoDescriptor() throws Exception {
    Seat seat = seat();
    comeAndGo(seat, 3);
    int threads = TyerThreads.alive().size();
    List<String> descriptors = Resources.descriptors();
    comeAndGo(seat, 30);
    Await.until("threads ended", () -> TyerThreads.alive().size() <= threads);
    Await.until(
        () -> "descriptors closed: " + Resources.openedSince(descriptors),
        () -> Resources.descriptors().size() <= descriptors.size() + 3);
    assertThat(store.look()).matches(Contents::isEmpty);
  }

  private void comeAndGo(Seat seat, int times) throws Exception {
    String a = name("a");
    for (int i = 0; i < times; i++) {
      try (Tyer one = seat.client().ttl(LONG).open();
          Lease lease = one.lock(a).acquire()) {
        assertThat(lease.isValid()).isTrue();
      }
    }
  }

  @Test
  @Timeout(value = 2, unit = TimeUnit.HOURS)
  @Shows({L3, S2})
  void cyclesLetNothingGrow() throws Exception {
    Tyer one = client();
    String a = name("a");
    long token = cycle(one, a, Math.min(1_000, CYCLES), 0);
    long heap = Resources.heapBytes();
    List<String> descriptors = Resources.descriptors();
    int threads = TyerThreads.alive().size();
    assertThat(cycle(one, a, CYCLES, token)).isGreaterThan(token);
    assertThat(Resources.heapBytes() - heap).as("heap").isLessThan(4 << 20);
    assertThat(Resources.descriptors().size())
        .as(() -> Resources.openedSince(descriptors))
        .isLessThanOrEqualTo(descriptors.size() + 3);
    // How many of a pool's threads are there depends on when one looks; what grows has thousands.
    assertThat(TyerThreads.alive()).as("threads").hasSizeLessThanOrEqualTo(threads + POOLED);
    assertThat(store.look().tickets()).isEmpty();
  }

  private static long cycle(Tyer one, String name, int cycles, long token) throws Exception {
    long last = token;
    for (int i = 0; i < cycles; i++) {
      try (Lease lease = one.lock(name).acquire()) {
        if (lease.token() <= last) {
          throw new AssertionError("token " + lease.token() + " after " + last);
        }
        last = lease.token();
      }
    }
    return last;
  }

  @Test
  @Shows({L3, API})
  void aClientClosedInTheMiddleOfEverythingEndsEverything() throws Exception {
    expectWarning("client that held it was closed");
    Tyer other = client();
    Tyer one = client();
    Lease theirs = other.lock(name("theirs")).acquire();
    Lease held = one.lock(name("held")).acquire();
    CompletableFuture<LossCause> lost = lossOf(held);
    CompletableFuture<Lease> future = one.lock(theirs.name()).acquireAsync();
    Callers.Calling<Lease> behind = call(() -> one.lock(theirs.name()).acquire());
    Callers.Calling<Lease> local = call(() -> one.lock(held.name()).acquireUninterruptibly());
    CompletableFuture<Lease> reader = one.readWriteLock(held.name()).readLock().acquireAsync();
    awaitLine(other, theirs.name(), 2);
    awaitLine(other, held.name(), 2);
    Await.until("both wait", () -> behind.isBlocked() && local.isBlocked());
    CompletableFuture<Lease> next = other.lock(held.name()).acquireAsync();
    awaitLine(other, held.name(), 3);
    one.close();
    assertThat(held.isValid()).isFalse();
    assertThat(get(lost)).isEqualTo(LossCause.CLOSED);
    for (CompletableFuture<Lease> each : List.of(future, behind.outcome, local.outcome, reader)) {
      assertThat(Outcomes.failure(each)).isInstanceOf(TyerClosedException.class);
    }
    assertThat(inLine(other, theirs.name())).isEqualTo(1);
    get(next).close();
    theirs.close();
    assertThat(store.look().tickets()).isEmpty();
    assertThat(store.look().sessions()).isEqualTo(1);
  }

  @Test
  @Shows(API)
  void theLeasesOfAClosedClientSayWhyTheyAreLost() throws Exception {
    expectWarning("client that held it was closed");
    Tyer one = client();
    Lease drawn = one.lock(name("drawn")).acquire();
    Lease undrawn = one.lock(name("undrawn")).acquire();
    Lease closed = one.lock(name("closed")).acquire();
    long token = drawn.token();
    closed.close();
    one.close();
    assertThat(drawn.token()).isEqualTo(token);
    for (Lease lease : List.of(drawn, undrawn)) {
      assertThat(lease.isValid()).isFalse();
      assertThat(lease.remaining()).isZero();
      for (Runnable asked : List.<Runnable>of(lease::checkValid, lease::downgrade)) {
        assertThatThrownBy(asked::run)
            .isInstanceOfSatisfying(
                LeaseLostException.class,
                e -> assertThat(e.lossCause()).isEqualTo(LossCause.CLOSED));
      }
      assertThat(get(lossOf(lease))).isEqualTo(LossCause.CLOSED);
    }
    assertThatThrownBy(undrawn::token).isInstanceOf(LeaseLostException.class);
    assertThatThrownBy(closed::checkValid).isInstanceOf(IllegalStateException.class);
    drawn.close();
    undrawn.close();
    closed.close();
    get(undrawn.closeAsync());
    assertThat(store.look()).matches(Contents::isEmpty);
  }

  @Test
  @Shows(API)
  void everyCallOfAClosedClientSaysThatItIsClosed() throws Exception {
    Tyer one = client();
    DistributedLock lock = one.lock(name("a"));
    one.close();
    List<Callable<?>> calls = new ArrayList<>();
    calls.add(lock::acquire);
    calls.add(lock::acquireUninterruptibly);
    calls.add(lock::tryAcquire);
    calls.add(() -> lock.tryAcquire(Duration.ofSeconds(1)));
    calls.add(() -> lock.asJavaLock().tryLock());
    calls.add(() -> one.readWriteLock(lock.name()).readLock().acquire());
    calls.add(() -> one.semaphore(lock.name(), 2).tryAcquire());
    calls.add(() -> one.operator().locks(""));
    calls.add(() -> one.operator().revoke(lock.name(), OptionalLong.empty()));
    calls.add(() -> one.operator().removeNow(lock.name(), OptionalLong.empty()));
    for (Callable<?> each : calls) {
      assertThatThrownBy(each::call).isInstanceOf(TyerClosedException.class);
    }
    assertThatThrownBy(() -> one.operator().bearers(List.of()))
        .isInstanceOf(TyerClosedException.class);
    assertThat(Outcomes.failure(lock.acquireAsync())).isInstanceOf(TyerClosedException.class);
    assertThat(Outcomes.failure(lock.tryAcquireAsync())).isInstanceOf(TyerClosedException.class);
    assertThat(store.look()).matches(Contents::isEmpty);
  }
}
