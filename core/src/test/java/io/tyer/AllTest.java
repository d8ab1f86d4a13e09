package io.tyer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
@SuppressWarnings("LockNotBeforeTry") // what is tested here is locking itself
class AllTest {

  private final MemoryClients clients = new MemoryClients();
  private final Tyer one = clients.open();
  private final Tyer two = clients.open();

  @AfterEach
  void close() {
    clients.close();
  }

  private static AllLocks abc(Tyer tyer) {
    return tyer.all(
        tyer.lock("c"), tyer.readWriteLock("a").readLock(), tyer.semaphore("b", 2).taking(2));
  }

  private int inLine(String name) {
    return two.lock(name).view().line().size();
  }

  @Test
  void oneLeaseHoldsThemAll() throws InterruptedException {
    AllLocks all = abc(one);
    assertThat(all.names()).containsExactly("a", "b", "c");
    try (Lease lease = all.acquire()) {
      assertThat(lease.isValid()).isTrue();
      assertThat(lease.remaining()).isPositive();
      assertThat(lease.name()).isEqualTo("a + b + c").isEqualTo(all.name());
      assertThat(lease.tokenOf("c")).isGreaterThan(0);
      assertThat(lease.tokenOf("a")).isGreaterThan(0);
      assertThatThrownBy(() -> lease.tokenOf("d")).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(lease::token).isInstanceOf(UnsupportedOperationException.class);
      assertThatThrownBy(lease::downgrade).isInstanceOf(UnsupportedOperationException.class);
      assertThat(two.readWriteLock("a").readLock().tryAcquire().map(AllTest::closed)).isPresent();
      assertThat(two.lock("a").tryAcquire().isEmpty()).isTrue();
      assertThat(two.semaphore("b", 2).tryAcquire().isEmpty()).isTrue();
      assertThat(two.lock("c").tryAcquire().isEmpty()).isTrue();
      assertThat(abc(two).tryAcquire().isEmpty()).isTrue();
    }
    try (OptionalLease again = abc(two).tryAcquire()) {
      assertThat(again.isPresent()).isTrue();
    }
  }

  private static boolean closed(Lease lease) {
    lease.close();
    return true;
  }

  @Test
  void whatIsGivenTwiceIsTakenOnceInTheStrongerMode() throws InterruptedException {
    DistributedReadWriteLock a = one.readWriteLock("a");
    AllLocks all =
        one.all(
            a.readLock(),
            one.all(a.writeLock(), a.readLock()),
            one.semaphore("b", 5).taking(1),
            one.readWriteLock("b").readLock(),
            one.semaphore("b", 4).taking(3));
    assertThat(all.names()).containsExactly("a", "b");
    try (Lease lease = all.acquire()) {
      List<LockView.Place> places = new ArrayList<>(two.lock("a").view().line());
      places.addAll(two.lock("b").view().line());
      assertThat(places).hasSize(2);
      assertThat(places.get(0).exclusive()).isTrue();
      assertThat(places.get(1).permits()).isEqualTo(3);
      assertThat(places.get(1).capacity()).isEqualTo(4);
      assertThat(lease.isValid()).isTrue();
    }
    assertThatThrownBy(one::all).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> one.all(two.lock("a"))).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> one.all(one.semaphore("b", 9).taking(9), one.semaphore("b", 2)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whoWaitsForALargerNameHoldsTheSmallerOnesAndNoTicketBeyond() throws Exception {
    Lease b = two.semaphore("b", 2).acquire();
    CompletableFuture<Lease> waiting = abc(one).acquireAsync();
    Await.until("waits for b", () -> inLine("b") == 2);
    assertThat(inLine("a")).isOne();
    assertThat(inLine("c")).isZero();
    b.close();
    waiting.get(60, TimeUnit.SECONDS).close();
  }

  @Test
  void oneTimeOutIsOverAllAndLeavesNothing() throws Exception {
    try (Lease c = two.lock("c").acquire()) {
      assertThat(abc(one).tryAcquire(Duration.ofMillis(50)).isEmpty()).isTrue();
      assertThat(abc(one).tryAcquireUninterruptibly(Duration.ofMillis(50)).isEmpty()).isTrue();
      assertThat(abc(one).tryAcquire(Retry.times(2)).isEmpty()).isTrue();
      Await.until("nothing is left", () -> inLine("a") == 0 && inLine("b") == 0);
      assertThat(inLine("c")).isOne();
      assertThat(c.isValid()).isTrue();
    }
    try (Tyer brief = Tyer.builder(clients.uri()).longestWait(Duration.ofMillis(50)).open();
        Lease c = two.lock("c").acquire()) {
      assertThatThrownBy(() -> abc(brief).acquire()).isInstanceOf(WaitTimeoutException.class);
      assertThat(c.isValid()).isTrue();
    }
  }

  @Test
  void cancelledAtEachStepItLeavesNothing() throws Exception {
    for (String held : List.of("a", "b", "c")) {
      try (Lease lease = two.lock(held).acquire()) {
        CompletableFuture<Long> waiting =
            abc(one).acquireAsync().thenApply(all -> all.tokenOf("a"));
        Await.until("waits for " + held, () -> inLine(held) == 2);
        assertThat(waiting.cancel(true)).isTrue();
        Await.until("nothing is left", () -> inLine("a") + inLine("b") + inLine("c") == 1);
        assertThat(lease.isValid()).isTrue();
      }
    }
  }

  @Test
  void anInterruptLeavesNothing() throws Exception {
    try (Lease c = two.lock("c").acquire()) {
      CompletableFuture<Throwable> ended = new CompletableFuture<>();
      Thread waiting =
          new Thread(
              () -> {
                try (Lease all = abc(one).acquire()) {
                  ended.completeExceptionally(new AssertionError(all));
                } catch (InterruptedException e) {
                  ended.complete(e);
                }
              });
      waiting.start();
      Await.until("waits for c", () -> inLine("c") == 2);
      waiting.interrupt();
      assertThat(ended.get(60, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
      Await.until("nothing is left", () -> inLine("a") + inLine("b") + inLine("c") == 1);
      assertThat(c.isValid()).isTrue();
    }
  }

  @Test
  void theLossOfOneIsTheLossOfAllToldOnce() throws Exception {
    ConcurrentLinkedQueue<LossCause> told = new ConcurrentLinkedQueue<>();
    try (Lease all = abc(one).acquire()) {
      all.onLost(told::add);
      assertThat(two.operator().removeNow("b", OptionalLong.empty())).isOne();
      Await.until("told", () -> !told.isEmpty());
      assertThat(all.isValid()).isFalse();
      assertThat(all.remaining()).isZero();
      assertThatThrownBy(all::checkValid).isInstanceOf(LeaseLostException.class);
      assertThat(two.operator().removeNow("a", OptionalLong.empty())).isOne();
      CompletableFuture<LossCause> late = new CompletableFuture<>();
      all.onLost(late::complete);
      assertThat(late.get(60, TimeUnit.SECONDS)).isEqualTo(LossCause.REMOVED);
    }
    assertThat(told).containsExactly(LossCause.REMOVED);
  }

  @Test
  void whatIsLostWhileTheOthersAreWaitedForIsTakenAnew() throws Exception {
    Lease c = two.lock("c").acquire();
    CompletableFuture<Lease> waiting = abc(one).acquireAsync();
    Await.until("waits for c", () -> inLine("c") == 2);
    long first = two.lock("a").view().line().get(0).number();
    assertThat(two.operator().removeNow("a", OptionalLong.empty())).isOne();
    Await.until(
        "taken anew",
        () -> inLine("a") == 1 && two.lock("a").view().line().get(0).number() != first);
    c.close();
    try (Lease all = waiting.get(60, TimeUnit.SECONDS)) {
      assertThat(all.isValid()).isTrue();
      assertThat(all.tokenOf("a")).isGreaterThan(first << 12);
    }
  }

  @Test
  void oppositeOrdersNeverDeadlock() throws Exception {
    List<CompletableFuture<Void>> done = new ArrayList<>();
    for (Tyer tyer : List.of(one, two)) {
      CompletableFuture<Void> end = new CompletableFuture<>();
      done.add(end);
      new Thread(
              () -> {
                try {
                  for (int i = 0; i < 200; i++) {
                    int round = i;
                    DistributedLock a = tyer.lock("a");
                    DistributedLock b = tyer.lock("b");
                    AllLocks all = tyer == one ? tyer.all(a, b) : tyer.all(b, a);
                    all.withLease(
                        lease -> {
                          lease.checkValid();
                          return round;
                        });
                  }
                  end.complete(null);
                } catch (InterruptedException | RuntimeException e) {
                  end.completeExceptionally(e);
                }
              })
          .start();
    }
    for (CompletableFuture<Void> end : done) {
      end.get(120, TimeUnit.SECONDS);
    }
  }

  @Test
  void theJavaViewSharesItsHoldsWithTheSingleViews() throws Exception {
    AllLocks all = one.all(one.readWriteLock("b").readLock(), one.lock("a"));
    JavaLock view = all.asJavaLock();
    view.lock();
    assertThat(view.tryLock()).isTrue();
    assertThat(view.holdCount()).isEqualTo(2);
    assertThat(one.lock("a").asJavaLock().holdCount()).isEqualTo(2);
    assertThat(view.lease().orElseThrow().isValid()).isTrue();
    JavaLock theirs = two.all(two.lock("b"), two.lock("c")).asJavaLock();
    assertThat(theirs.tryLock()).isFalse();
    assertThat(theirs.tryLock(50, TimeUnit.MILLISECONDS)).isFalse();
    view.unlock();
    view.unlock();
    assertThatThrownBy(view::unlock).isInstanceOf(IllegalMonitorStateException.class);
    assertThat(theirs.tryLock()).isTrue();
    theirs.unlock();
    assertThat(inLine("a") + inLine("b") + inLine("c")).isZero();
    assertThatThrownBy(() -> abc(one).asJavaLock())
        .isInstanceOf(UnsupportedOperationException.class);
  }
}
