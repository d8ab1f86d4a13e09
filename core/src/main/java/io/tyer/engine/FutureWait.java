package io.tyer.engine;

import io.tyer.Lease;
import io.tyer.OptionalLease;
import io.tyer.WaitTimeoutException;
import io.tyer.spi.Cancellable;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A future that waits for a lease. Completes on the callback executor; cancelling it withdraws. */
final class FutureWait<T> implements Waiter.End {

  private final Engine engine;
  private final Wanted wanted;
  private final LeaseFuture<T> future = new LeaseFuture<>();
  private final Function<Lease, T> granted;
  private final Consumer<CompletableFuture<T>> busy;
  private final @Nullable Throwable where;
  private volatile @Nullable Cancellable timeout;
  private volatile boolean decided;

  private FutureWait(
      Engine engine,
      Wanted wanted,
      Function<Lease, T> granted,
      Consumer<CompletableFuture<T>> busy) {
    this.engine = engine;
    this.wanted = wanted;
    this.granted = granted;
    this.busy = busy;
    this.where = engine.settings().reportUnclosed() ? new Throwable("acquired here") : null;
  }

  /** An acquire without a time-out of its own. */
  static CompletableFuture<Lease> unbounded(Engine engine, Wanted wanted) {
    Duration longest = engine.settings().longestWait();
    String name = wanted.name().text();
    return new FutureWait<Lease>(
            engine,
            wanted,
            lease -> lease,
            future -> future.completeExceptionally(new WaitTimeoutException(name, longest)))
        .start(BlockingWait.longestNanos(longest));
  }

  /**
   * Acquires without blocking.
   *
   * @param waitNanos how long to wait in line; 0 for a try
   */
  static CompletableFuture<OptionalLease> acquire(Engine engine, Wanted wanted, long waitNanos) {
    return new FutureWait<OptionalLease>(
            engine, wanted, OptionalLease::of, future -> future.complete(OptionalLease.empty()))
        .start(waitNanos);
  }

  private CompletableFuture<T> start(long waitNanos) {
    if (engine.closed()) {
      return CompletableFuture.failedFuture(engine.closedFailure());
    }
    HeldLease kept = engine.takeKept(wanted, null);
    if (kept != null) {
      granted(kept);
      return future;
    }
    boolean onlyIfFree = waitNanos <= 0;
    Waiter waiter = new Waiter(wanted, onlyIfFree, engine.now(), null, this);
    Effects effects = Effects.withoutBlocking();
    engine.acquire(wanted.name(), waiter, effects);
    effects.run();
    LeaseFuture.whenDone(
        future,
        () -> {
          disarm();
          if (!decided) {
            withdraw(waiter, Lane.Withdrawal.CANCELLED);
          }
        });
    if (!onlyIfFree && waitNanos < Nanos.LONGEST && !future.isDone()) {
      timeout =
          engine
              .port()
              .surroundings()
              .schedule(waitNanos, () -> withdraw(waiter, Lane.Withdrawal.TIMED_OUT));
      if (future.isDone()) {
        disarm();
      }
    }
    return future;
  }

  private void withdraw(Waiter waiter, Lane.Withdrawal why) {
    Effects effects = Effects.withoutBlocking();
    engine.withdraw(wanted.name(), waiter, why, effects);
    effects.run();
  }

  private void disarm() {
    Cancellable armed = timeout;
    if (armed != null) {
      armed.cancel();
    }
  }

  @Override
  public void granted(HeldLease lease) {
    decided = true;
    Lease given = where == null ? lease : ReportedLease.around(lease, where);
    onCallbacks(
        () -> {
          if (!future.complete(granted.apply(given))) {
            var unused = given.closeAsync();
          }
        });
  }

  @Override
  public void busy() {
    decided = true;
    onCallbacks(() -> busy.accept(future));
  }

  @Override
  public void failed(RuntimeException failure) {
    decided = true;
    onCallbacks(() -> future.completeExceptionally(failure));
  }

  private void onCallbacks(Runnable completion) {
    engine.port().onCallbacks(completion);
  }
}
