package io.tyer.engine;

import io.tyer.Lease;
import io.tyer.WaitTimeoutException;
import io.tyer.spi.Cancellable;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A future that waits for a lease. Completes on the callback executor; cancelling it withdraws. */
final class FutureWait<T> implements Waiter.End {

  private final Client client;
  private final Wanted wanted;
  private final HeldLease lease;
  private final CompletableFuture<T> future = new CompletableFuture<>();
  private final Function<Lease, T> granted;
  private final Consumer<CompletableFuture<T>> busy;
  private final @Nullable Throwable where;
  private volatile @Nullable Cancellable timeout;
  private volatile boolean decided;

  private FutureWait(
      Client client,
      Wanted wanted,
      Function<Lease, T> granted,
      Consumer<CompletableFuture<T>> busy) {
    this.client = client;
    this.wanted = wanted;
    this.lease = new HeldLease(wanted, null);
    this.granted = granted;
    this.busy = busy;
    this.where = client.settings().reportUnclosed() ? new Throwable("acquired here") : null;
  }

  /** An acquire without a time-out of its own. */
  static CompletableFuture<Lease> unbounded(Client client, Wanted wanted) {
    Duration longest = client.settings().longestWait();
    String name = wanted.name().text();
    return new FutureWait<Lease>(
            client,
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
  static CompletableFuture<Optional<Lease>> acquire(Client client, Wanted wanted, long waitNanos) {
    return new FutureWait<Optional<Lease>>(
            client, wanted, Optional::of, future -> future.complete(Optional.empty()))
        .start(waitNanos);
  }

  private CompletableFuture<T> start(long waitNanos) {
    if (client.closed()) {
      return CompletableFuture.failedFuture(client.closedFailure());
    }
    HeldLease kept = client.takeKept(wanted, null);
    if (kept != null) {
      give(kept);
      return future;
    }
    boolean onlyIfFree = waitNanos <= 0;
    Waiter waiter = new Waiter(wanted, onlyIfFree, client.now(), lease, this);
    Chain chain = Chain.withoutBlocking();
    client.acquire(wanted.name(), waiter, lease, chain);
    chain.run();
    CompletableFuture<T> unused =
        future.whenComplete(
            (given, failure) -> {
              disarm();
              if (!decided) {
                withdraw(waiter, false);
              }
            });
    if (!onlyIfFree && waitNanos < Nanos.LONGEST && !future.isDone()) {
      timeout = client.port().surroundings().schedule(waitNanos, () -> withdraw(waiter, true));
      if (future.isDone()) {
        disarm();
      }
    }
    return future;
  }

  private void withdraw(Waiter waiter, boolean timedOut) {
    lease.shell().on(new Event.Withdraw(waiter, timedOut));
  }

  private void disarm() {
    Cancellable armed = timeout;
    if (armed != null) {
      armed.cancel();
    }
  }

  @Override
  public void granted(LiveSession session) {
    lease.granted(session);
    give(lease);
  }

  private void give(HeldLease held) {
    decided = true;
    Lease given = where == null ? held : ReportedLease.around(held, where);
    onCallbacks(
        () -> {
          if (!future.complete(granted.apply(given))) {
            var unused = given.closeAsync();
          }
        });
  }

  @Override
  public void cancelled() {
    decided = true;
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
    client.port().onCallbacks(completion);
  }
}
