package io.tyer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class MutexTest {

  private final MemoryClients clients = new MemoryClients();
  private final Tyer one = clients.open();
  private final Tyer two = clients.open();

  @AfterEach
  void close() {
    clients.close();
  }

  private int waiting(String name) {
    return one.operator().locks(name).stream().mapToInt(lock -> lock.line().size()).sum();
  }

  @Test
  void aHeldLockIsBusyForOthersAndForItsOwnClient() throws InterruptedException {
    try (Lease lease = one.lock("a").acquire()) {
      assertThat(lease.isValid()).isTrue();
      assertThat(two.lock("a").tryAcquire().asOptional()).isEmpty();
      assertThat(one.lock("a").tryAcquire().asOptional()).isEmpty();
      assertThat(two.lock("b").tryAcquire().asOptional()).isPresent();
    }
    try (Lease lease = two.lock("a").tryAcquire().orElseThrow()) {
      assertThat(lease.name()).isEqualTo("a");
    }
  }

  @Test
  void tokensGrowFromLeaseToLeaseAndStayTheSameWithinOne() throws InterruptedException {
    long last = 0;
    for (int i = 0; i < 200; i++) {
      try (Lease lease = (i % 2 == 0 ? one : two).lock("a").acquire()) {
        assertThat(lease.token()).isGreaterThan(last).isEqualTo(lease.token());
        last = lease.token();
      }
    }
  }

  @Test
  void threadsOfTwoClientsNeverOverlapAndAllGetTheirTurn() throws InterruptedException {
    int[] counter = new int[1];
    long[] lastToken = new long[1];
    AtomicBoolean tokensGrow = new AtomicBoolean(true);
    List<Thread> threads = new ArrayList<>();
    List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
    for (int i = 0; i < 8; i++) {
      Tyer tyer = i % 2 == 0 ? one : two;
      Thread thread =
          new Thread(
              () -> {
                for (int j = 0; j < 500; j++) {
                  try (Lease lease = tyer.lock("a").acquire()) {
                    counter[0]++;
                    if (lease.token() <= lastToken[0]) {
                      tokensGrow.set(false);
                    }
                    lastToken[0] = lease.token();
                  } catch (InterruptedException | RuntimeException e) {
                    failures.add(e);
                  }
                }
              });
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(failures).isEmpty();
    assertThat(counter[0]).isEqualTo(4000);
    assertThat(tokensGrow).isTrue();
  }

  @Test
  void waitersAreGrantedInTheOrderTheyCame() throws Exception {
    List<Integer> order = Collections.synchronizedList(new ArrayList<>());
    Lease first = one.lock("a").acquire();
    List<CompletableFuture<Void>> waits = new ArrayList<>();
    Tyer[] tyers = new Tyer[6];
    for (int i = 0; i < 6; i++) {
      int number = i;
      tyers[i] = clients.open();
      waits.add(
          tyers[i]
              .lock("a")
              .acquireAsync()
              .thenAccept(
                  lease -> {
                    order.add(number);
                    lease.close();
                  }));
      Await.until("in line", () -> waiting("a") == number + 2);
    }
    first.close();
    CompletableFuture.allOf(waits.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
    assertThat(order).containsExactly(0, 1, 2, 3, 4, 5);
  }

  @Test
  void aTryDoesNotOvertakeThoseWhoWait() throws Exception {
    Lease first = one.lock("a").acquire();
    CompletableFuture<Lease> waiter = two.lock("a").acquireAsync();
    Await.until("in line", () -> waiting("a") == 2);
    assertThat(two.lock("a").tryAcquire().asOptional()).isEmpty();
    first.close();
    waiter.get(60, TimeUnit.SECONDS).close();
  }

  @Test
  void aWaitWithATimeOutEndsInTimeAndLeavesNoTicket() throws InterruptedException {
    try (Lease lease = one.lock("a").acquire()) {
      long start = System.nanoTime();
      assertThat(two.lock("a").tryAcquire(Duration.ofMillis(100)).asOptional()).isEmpty();
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isBetween(Duration.ofMillis(100), Duration.ofSeconds(5));
      assertThat(waiting("a")).isEqualTo(1);
      assertThat(lease.isValid()).isTrue();
    }
  }

  @Test
  void anInterruptEndsTheWaitAndLeavesNoTicket() throws InterruptedException {
    try (Lease lease = one.lock("a").acquire()) {
      AtomicReference<Throwable> thrown = new AtomicReference<>();
      Thread waiter =
          new Thread(
              () -> {
                try (Lease never = two.lock("a").acquire()) {
                  thrown.set(new AssertionError("granted " + never));
                } catch (InterruptedException e) {
                  thrown.set(e);
                }
              });
      waiter.start();
      Await.until("in line", () -> waiting("a") == 2);
      waiter.interrupt();
      waiter.join();
      assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
      assertThat(waiting("a")).isEqualTo(1);
      assertThat(lease.isValid()).isTrue();
    }
  }

  @Test
  void aThreadInterruptedBeforehandAcquiresNothing() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> one.lock("a").acquire()).isInstanceOf(InterruptedException.class);
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> one.lock("a").tryAcquire()).isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
    assertThat(waiting("a")).isZero();
  }

  @Test
  void anUninterruptibleWaitGoesOnAndKeepsTheFlag() throws InterruptedException {
    Lease first = one.lock("a").acquire();
    AtomicBoolean flag = new AtomicBoolean();
    Thread waiter =
        new Thread(
            () -> {
              try (Lease lease = two.lock("a").acquireUninterruptibly()) {
                flag.set(lease.isValid() && Thread.currentThread().isInterrupted());
              }
            });
    waiter.start();
    Await.until("in line", () -> waiting("a") == 2);
    waiter.interrupt();
    first.close();
    waiter.join();
    assertThat(flag).isTrue();
  }

  @Test
  void cancellingAFutureWithdrawsItsTicket() throws InterruptedException {
    try (Lease lease = one.lock("a").acquire()) {
      CompletableFuture<Lease> future = two.lock("a").acquireAsync();
      Await.until("in line", () -> waiting("a") == 2);
      assertThat(future.cancel(false)).isTrue();
      Await.until("gone", () -> waiting("a") == 1);
      assertThat(lease.isValid()).isTrue();
    }
  }

  @Test
  void asyncTriesAreEmptyWhenBusyOrLate() throws Exception {
    try (Lease lease = one.lock("a").acquire()) {
      assertThat(two.lock("a").tryAcquireAsync().get(10, TimeUnit.SECONDS).asOptional()).isEmpty();
      assertThat(
              two.lock("a")
                  .tryAcquireAsync(Duration.ofMillis(50))
                  .get(10, TimeUnit.SECONDS)
                  .asOptional())
          .isEmpty();
      assertThat(
              two.lock("a")
                  .tryAcquireAsync(
                      Retry.times(3).withPauses(Duration.ofMillis(1), Duration.ofMillis(5)))
                  .get(10, TimeUnit.SECONDS)
                  .asOptional())
          .isEmpty();
      assertThat(lease.isValid()).isTrue();
    }
    two.lock("a").tryAcquireAsync().get(60, TimeUnit.SECONDS).orElseThrow().close();
  }

  @Test
  void retriesEndAfterTheirAttempts() throws InterruptedException {
    Retry retry = Retry.times(3).withPauses(Duration.ofMillis(5), Duration.ofMillis(10));
    try (Lease lease = one.lock("a").acquire()) {
      assertThat(two.lock("a").tryAcquire(retry).asOptional()).isEmpty();
      assertThat(lease.isValid()).isTrue();
    }
    two.lock("a").tryAcquire(retry).orElseThrow().close();
  }

  @Test
  void aBoundedDefaultWaitIsAnOutcomeOfItsOwn() throws InterruptedException {
    Tyer impatient = clients.open("wait=50ms");
    try (Lease lease = one.lock("a").acquire()) {
      assertThatThrownBy(() -> impatient.lock("a").acquire())
          .isInstanceOf(WaitTimeoutException.class)
          .hasMessageContaining("lock a");
      assertThatThrownBy(() -> impatient.lock("a").acquireAsync().get(60, TimeUnit.SECONDS))
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(WaitTimeoutException.class);
      assertThat(lease.isValid()).isTrue();
    }
  }

  @Test
  void badNamesAndDurationsAreRefusedAtTheDoor() {
    assertThatThrownBy(() -> one.lock("")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> one.lock("x".repeat(513)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("512");
    assertThatThrownBy(() -> one.lock("a").maxHold(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> one.lock("a").labelled("x".repeat(257)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> one.semaphore("a", 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> one.semaphore("a", 2).taking(3))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void listingsShowHolderAndWaiterWithTheirLabels() throws Exception {
    try (Lease lease = one.lock("report").labelled("night\nshift").acquire()) {
      CompletableFuture<Lease> waiter = two.lock("report").labelled("second").acquireAsync();
      Await.until("in line", () -> waiting("report") == 2);
      LockView view = one.operator().locks("rep").get(0);
      assertThat(view.name()).isEqualTo("report");
      assertThat(view.line().get(0).owner()).isEqualTo("night shift");
      assertThat(view.line().get(0).granted()).isTrue();
      assertThat(view.line().get(0).token()).isEqualTo(lease.token());
      assertThat(view.line().get(1).owner()).isEqualTo("second");
      assertThat(view.line().get(1).granted()).isFalse();
      assertThat(one.operator().locks("other")).isEmpty();
      waiter.cancel(false);
    }
  }
}
