package io.tyer.engine;

import io.tyer.Lease;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Work that is done under a lease without blocking: acquires, starts the work, and gives the lease
 * back when the work's stage has completed, whatever becomes of the future that the caller has.
 */
final class UnderLease<T> {

  private final CompletableFuture<Lease> acquiring;
  private final Function<? super Lease, ? extends CompletionStage<T>> work;
  private final LeaseFuture<T> result = new LeaseFuture<>();
  private volatile @Nullable CompletionStage<T> stage;

  private UnderLease(
      CompletableFuture<Lease> acquiring,
      Function<? super Lease, ? extends CompletionStage<T>> work) {
    this.acquiring = acquiring;
    this.work = work;
  }

  static <T> CompletableFuture<T> run(
      CompletableFuture<Lease> acquiring,
      Function<? super Lease, ? extends CompletionStage<T>> work) {
    UnderLease<T> under = new UnderLease<>(acquiring, work);
    CompletableFuture<Lease> unused =
        acquiring.whenComplete(
            (lease, failure) -> {
              if (failure == null) {
                under.granted(lease);
              } else {
                under.result.completeExceptionally(unwrapped(failure));
              }
            });
    LeaseFuture.whenDone(under.result, under::stop);
    return under.result;
  }

  /** Without effect where what it stops has ended. */
  private void stop() {
    acquiring.cancel(false);
    if (stage instanceof Future<?> started) {
      started.cancel(true);
    }
  }

  private void granted(Lease lease) {
    if (result.isDone()) {
      var unused = lease.closeAsync();
      return;
    }
    CompletionStage<T> started;
    try {
      started = work.apply(lease);
    } catch (RuntimeException | Error e) {
      started = CompletableFuture.failedFuture(e);
    }
    stage = started;
    if (result.isDone()) {
      stop();
    }
    CompletionStage<T> unused =
        started.whenComplete((value, failure) -> worked(lease, value, failure));
  }

  private void worked(Lease lease, T value, @Nullable Throwable failure) {
    Throwable outcome = failure == null ? unproved(lease) : unwrapped(failure);
    CompletableFuture<Void> unused =
        lease
            .closeAsync()
            .whenComplete(
                (none, never) -> {
                  if (outcome == null) {
                    result.complete(value);
                  } else {
                    result.completeExceptionally(outcome);
                  }
                });
  }

  private static @Nullable RuntimeException unproved(Lease lease) {
    try {
      lease.checkValid();
      return null;
    } catch (RuntimeException e) {
      return e;
    }
  }

  private static Throwable unwrapped(Throwable failure) {
    Throwable cause = failure.getCause();
    return failure instanceof CompletionException && cause != null ? cause : failure;
  }
}
