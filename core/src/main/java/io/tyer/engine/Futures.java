package io.tyer.engine;

import io.tyer.spi.Surroundings;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Bounded waits that an interrupt does not end, with the flag set again afterwards; completing. */
final class Futures {

  private Futures() {}

  static <T> T uninterruptibly(CompletableFuture<T> future, long nanos, Surroundings clock)
      throws ExecutionException, TimeoutException {
    long end = clock.nanoTime() + nanos;
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return future.get(end - clock.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Completes it, exceptionally if there is a failure; nobody may be waiting. */
  static void complete(@Nullable CompletableFuture<Void> future, @Nullable Throwable failure) {
    if (future == null) {
      return;
    }
    if (failure == null) {
      future.complete(null);
    } else {
      future.completeExceptionally(failure);
    }
  }

  /** Whether it completes in time, however. */
  static boolean completes(CompletableFuture<?> future, long nanos, Surroundings clock) {
    try {
      uninterruptibly(future, nanos, clock);
      return true;
    } catch (ExecutionException e) {
      return true;
    } catch (TimeoutException e) {
      return false;
    }
  }
}
