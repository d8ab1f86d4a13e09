package io.tyer.engine;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Bounded waits that an interrupt does not end; the flag is set again afterwards. */
final class Futures {

  private Futures() {}

  static <T> T uninterruptibly(CompletableFuture<T> future, long nanos)
      throws ExecutionException, TimeoutException {
    long end = System.nanoTime() + nanos;
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return future.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
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

  /** Whether it completes in time, however. */
  static boolean completes(CompletableFuture<?> future, long nanos) {
    try {
      uninterruptibly(future, nanos);
      return true;
    } catch (ExecutionException e) {
      return true;
    } catch (TimeoutException e) {
      return false;
    }
  }
}
