package io.tyer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nothing is left locked, whenever a stage is cancelled. */
@Timeout(180)
class LeaseFutureTest {

  private final MemoryClients clients = new MemoryClients();
  private final Tyer one = clients.open();
  private final Tyer two = clients.open();

  /** Tasks that have not been begun. */
  private final List<Runnable> later = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    clients.close();
  }

  private void awaitLine(int length) {
    Await.until(
        "a line of " + length,
        () -> one.operator().locks("").stream().mapToInt(l -> l.line().size()).sum() == length);
  }

  @Test
  void aStageThatIsCancelledWhileItsSourceWaitsLeavesTheLine() throws Exception {
    Lease held = one.lock("a").acquire();
    CompletableFuture<Lease> source = two.lock("a").acquireAsync();
    CompletableFuture<Void> last = source.thenApply(Lease::token).thenAccept(token -> {});
    awaitLine(2);
    assertThat(last.cancel(true)).isTrue();
    awaitLine(1);
    assertThat(source.isCancelled()).isTrue();
    held.close();
    awaitLine(0);
  }

  @Test
  void aStageThatTimesOutLeavesTheLine() throws Exception {
    Lease held = one.lock("a").acquire();
    CompletableFuture<Void> timed =
        two.lock("a").tryAcquireAsync(Duration.ofDays(1)).thenAccept(lease -> {});
    assertThatThrownBy(() -> timed.orTimeout(1, TimeUnit.MILLISECONDS).get())
        .hasCauseInstanceOf(TimeoutException.class);
    awaitLine(1);
    held.close();
    awaitLine(0);
  }

  @Test
  void aLeaseThatNoFunctionHasSeenIsGivenBack() {
    CompletableFuture<Lease> source = one.lock("a").acquireAsync();
    CompletableFuture<Void> last = source.thenAcceptAsync(lease -> {}, later::add);
    Await.until("granted, and handed to the executor", () -> later.size() == 1);
    assertThat(last.cancel(true)).isTrue();
    awaitLine(0);
    later.forEach(Runnable::run);
    assertThatThrownBy(source::join).isInstanceOf(CancellationException.class);
    assertThat(source.handle((lease, failure) -> failure).join())
        .isInstanceOf(CancellationException.class);
  }

  @Test
  void aTriedLeaseThatWasHandedThroughIsGivenBack() {
    CompletableFuture<?> last =
        one.lock("a")
            .tryAcquireAsync()
            .whenComplete((lease, failure) -> {})
            .thenAcceptAsync(lease -> {}, later::add);
    Await.until("granted, and handed to the executor", () -> later.size() == 1);
    assertThat(last.cancel(true)).isTrue();
    awaitLine(0);
  }

  @Test
  void aLeaseThatAFunctionHasIsItsOwn() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch cancelled = new CountDownLatch(1);
    CompletableFuture<Boolean> stillValid = new CompletableFuture<>();
    CompletableFuture<Void> working =
        one.lock("a")
            .acquireAsync()
            .thenAcceptAsync(
                lease -> {
                  begun.countDown();
                  awaitQuietly(cancelled);
                  stillValid.complete(lease.isValid());
                  lease.close();
                });
    begun.await();
    assertThat(working.cancel(true)).isTrue();
    cancelled.countDown();
    assertThat(stillValid.get()).isTrue();
    awaitLine(0);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void whoeverHasJoinedKeepsTheLease() {
    CompletableFuture<Lease> source = one.lock("a").acquireAsync();
    Lease lease = source.join();
    CompletableFuture<Void> other = source.thenRunAsync(() -> {}, later::add);
    assertThat(other.cancel(true)).isTrue();
    assertThat(lease.isValid()).isTrue();
    lease.close();
  }

  @Test
  void nothingIsLeftWheneverItIsCancelled() {
    for (int round = 0; round < 2000; round++) {
      Tyer client = round % 2 == 0 ? one : two;
      CompletableFuture<Void> last =
          client
              .lock("a")
              .acquireAsync()
              .thenApply(lease -> lease)
              .thenAcceptAsync(Lease::close, ForkJoinPool.commonPool());
      for (int spin = 0; spin < round % 200; spin++) {
        Thread.onSpinWait();
      }
      last.cancel(true);
    }
    awaitLine(0);
  }

  @Test
  void workWithoutBlockingIsDoneUnderTheLease() throws Exception {
    CompletableFuture<String> working = new CompletableFuture<>();
    CompletableFuture<String> done = one.lock("a").withLeaseAsync(lease -> working);
    awaitLine(1);
    assertThat(done).isNotDone();
    working.complete("done");
    assertThat(done.get()).isEqualTo("done");
    awaitLine(0);
  }

  @Test
  void workThatFailsGivesTheLeaseBack() {
    IllegalStateException failure = new IllegalStateException("work");
    CompletableFuture<String> thrown =
        one.lock("a")
            .withLeaseAsync(
                lease -> {
                  throw failure;
                });
    assertThatThrownBy(thrown::get).isInstanceOf(ExecutionException.class).hasCause(failure);
    CompletableFuture<String> failed =
        one.lock("a").withLeaseAsync(lease -> CompletableFuture.failedFuture(failure));
    assertThatThrownBy(failed::get).isInstanceOf(ExecutionException.class).hasCause(failure);
    awaitLine(0);
  }

  @Test
  void cancellingTheWorkPassesItOnAndGivesTheLeaseBack() throws Exception {
    CompletableFuture<String> working = new CompletableFuture<>();
    CompletableFuture<Void> begun = new CompletableFuture<>();
    CompletableFuture<Integer> length =
        one.lock("a")
            .withLeaseAsync(
                lease -> {
                  begun.complete(null);
                  return working;
                })
            .thenApply(String::length);
    begun.get(60, TimeUnit.SECONDS);
    awaitLine(1);
    assertThat(length.cancel(true)).isTrue();
    Await.until("cancelled", working::isCancelled);
    awaitLine(0);

    Lease held = one.lock("a").acquire();
    CompletableFuture<String> waiting = two.lock("a").withLeaseAsync(lease -> working);
    awaitLine(2);
    assertThat(waiting.cancel(true)).isTrue();
    awaitLine(1);
    held.close();
    awaitLine(0);
  }
}
