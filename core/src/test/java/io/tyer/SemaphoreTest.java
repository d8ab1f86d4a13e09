package io.tyer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class SemaphoreTest {

  private final MemoryClients clients = new MemoryClients();
  private final Tyer one = clients.open();
  private final Tyer two = clients.open();

  @AfterEach
  void close() {
    clients.close();
  }

  @Test
  void permitsAreCountedAcrossClients() throws InterruptedException {
    DistributedSemaphore mine = one.semaphore("a", 3);
    DistributedSemaphore theirs = two.semaphore("a", 3);
    try (Lease a = mine.acquire();
        Lease b = theirs.taking(2).acquire()) {
      assertThat(mine.tryAcquire().asOptional()).isEmpty();
      assertThat(theirs.tryAcquire().asOptional()).isEmpty();
      assertThat(a.isValid() && b.isValid()).isTrue();
      assertThat(a.token()).isNotEqualTo(b.token());
    }
    mine.taking(3).tryAcquire().orElseThrow().close();
  }

  @Test
  void aBigRequestIsNotStarvedBySmallOnes() throws Exception {
    DistributedSemaphore permits = one.semaphore("a", 3);
    Lease small = permits.acquire();
    CompletableFuture<Lease> big = two.semaphore("a", 3).taking(3).acquireAsync();
    Await.until("in line", () -> one.operator().locks("a").get(0).line().size() == 2);
    assertThat(permits.tryAcquire().asOptional()).isEmpty();
    CompletableFuture<Lease> later = permits.acquireAsync();
    small.close();
    Lease all = big.get(60, TimeUnit.SECONDS);
    assertThat(later).isNotDone();
    all.close();
    later.get(60, TimeUnit.SECONDS).close();
  }

  @Test
  void manyLocalCallersNeverExceedTheCapacity() throws InterruptedException {
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      DistributedSemaphore permits =
          (i % 2 == 0 ? one : two).semaphore("a", 3).taking(i % 3 == 0 ? 2 : 1);
      int weight = i % 3 == 0 ? 2 : 1;
      Thread thread =
          new Thread(
              () -> {
                for (int j = 0; j < 200; j++) {
                  try (Lease lease = permits.acquireUninterruptibly()) {
                    most.accumulateAndGet(inside.addAndGet(weight), Math::max);
                    lease.checkValid();
                    inside.addAndGet(-weight);
                  }
                }
              });
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(inside).hasValue(0);
    assertThat(most.get()).isBetween(2, 3);
  }

  @Test
  void aHugeNumberOfLocalWaitersIsServedWithoutDeepStacks() throws Exception {
    DistributedSemaphore permits = one.semaphore("a", 100_000);
    List<CompletableFuture<Lease>> leases = new ArrayList<>();
    Lease all = permits.taking(100_000).acquire();
    for (int i = 0; i < 20_000; i++) {
      leases.add(permits.acquireAsync());
    }
    all.close();
    for (CompletableFuture<Lease> lease : leases) {
      lease.get(60, TimeUnit.SECONDS);
    }
    for (CompletableFuture<Lease> lease : leases) {
      var unused = lease.join().closeAsync();
    }
  }
}
