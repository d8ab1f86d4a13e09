package io.tyer.cli;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The result of a call that may hang, as calls to a mount do: it is made on a thread of its own,
 * which is left alone when it takes too long.
 */
final class Bounded<T> {

  private final @Nullable T result;

  private Bounded(@Nullable T result) {
    this.result = result;
  }

  /** Makes the call and waits for it, but not longer than that. Throws what the call throws. */
  static <T> Bounded<T> call(String purpose, Callable<T> call, Duration limit) {
    FutureTask<T> task = new FutureTask<>(call);
    Thread thread = new Thread(task, "tyer-" + purpose);
    thread.setDaemon(true);
    thread.start();
    try {
      return new Bounded<>(task.get(limit.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      return new Bounded<>(null);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Bounded<>(null);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  boolean isLate() {
    return result == null;
  }

  /** What the call returned. Only if it is not late. */
  T get() {
    if (result == null) {
      throw new IllegalStateException("there is no result");
    }
    return result;
  }
}
