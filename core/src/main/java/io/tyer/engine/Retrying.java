package io.tyer.engine;

import io.tyer.Lease;
import io.tyer.OptionalLease;
import io.tyer.Retry;
import io.tyer.TyerClosedException;
import io.tyer.spi.Cancellable;
import io.tyer.spi.Surroundings;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Trying again instead of waiting in line. A client that is closed ends the pauses at once. */
final class Retrying {

  private final Client client;
  private final Supplier<CompletableFuture<OptionalLease>> ask;
  private final Retry retry;
  private final LeaseFuture<OptionalLease> result = new LeaseFuture<>();
  private volatile @Nullable CompletableFuture<OptionalLease> attempt;
  private volatile @Nullable Cancellable pause;

  private Retrying(Client client, Supplier<CompletableFuture<OptionalLease>> ask, Retry retry) {
    this.client = client;
    this.ask = ask;
    this.retry = retry;
  }

  static Optional<Lease> blocking(Client client, Wanted wanted, Retry retry)
      throws InterruptedException {
    for (int tries = 1; ; tries++) {
      Optional<Lease> lease = BlockingWait.acquire(client, wanted, 0);
      if (lease.isPresent() || tries == retry.attempts()) {
        return lease;
      }
      pause(client, pauseNanos(client, retry, tries));
    }
  }

  private static void pause(Client client, long nanos) throws InterruptedException {
    CompletableFuture<Object> closed = new CompletableFuture<>();
    client.failWhenClosed(closed);
    try {
      closed.get(nanos, TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return;
    } catch (ExecutionException e) {
      TyerClosedException failure = client.closedFailure();
      failure.addSuppressed(e);
      throw failure;
    } finally {
      closed.cancel(false);
    }
  }

  private static long pauseNanos(Client client, Retry retry, int tries) {
    Surroundings surroundings = client.port().surroundings();
    double random = (surroundings.nextLong() >>> 11) * 0x1.0p-53;
    return Nanos.of(retry.pauseAfter(tries, random));
  }

  static CompletableFuture<OptionalLease> async(Client client, Wanted wanted, Retry retry) {
    return async(client, () -> FutureWait.acquire(client, wanted, 0), retry);
  }

  /** Asks as often as it is to be tried. */
  static CompletableFuture<OptionalLease> async(
      Client client, Supplier<CompletableFuture<OptionalLease>> ask, Retry retry) {
    Retrying retrying = new Retrying(client, ask, retry);
    client.failWhenClosed(retrying.result);
    retrying.attempt(1);
    LeaseFuture.whenDone(retrying.result, retrying::stop);
    return retrying.result;
  }

  private void stop() {
    CompletableFuture<OptionalLease> current = attempt;
    if (current != null) {
      current.cancel(false);
    }
    Cancellable armed = pause;
    if (armed != null) {
      armed.cancel();
    }
  }

  private void attempt(int tries) {
    if (result.isDone()) {
      return;
    }
    CompletableFuture<OptionalLease> current = ask.get();
    attempt = current;
    CompletableFuture<OptionalLease> unused =
        current.whenComplete(
            (lease, failure) -> {
              if (failure == null) {
                attempted(tries, lease);
              } else {
                failed(failure);
              }
            });
    if (result.isDone()) {
      stop();
    }
  }

  private void failed(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    result.completeExceptionally(cause == null ? failure : cause);
  }

  private void attempted(int tries, OptionalLease lease) {
    if (lease.isPresent() || tries == retry.attempts()) {
      if (!result.complete(lease)) {
        lease.ifPresent(
            late -> {
              var unused = late.closeAsync();
            });
      }
    } else {
      pause =
          client
              .port()
              .surroundings()
              .schedule(pauseNanos(client, retry, tries), () -> attempt(tries + 1));
    }
  }
}
