package io.tyer.store.file;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waiting for what must come, with a limit that a loaded machine keeps too. */
final class Await {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  private Await() {}

  /** Returns once the condition holds. */
  static void until(String what, Callable<Boolean> condition) throws Exception {
    long start = System.nanoTime();
    while (!condition.call()) {
      if (System.nanoTime() - start > LIMIT.toNanos()) {
        throw new AssertionError("has not come: " + what);
      }
      LockSupport.parkNanos(2_000_000);
    }
  }

  /** Lets time pass, where it is time itself that something must bear. */
  static void pass(Duration time) {
    long start = System.nanoTime();
    for (long rest = time.toNanos(); rest > 0; rest = time.toNanos() - since(start)) {
      LockSupport.parkNanos(rest);
    }
  }

  static long since(long startNanos) {
    return System.nanoTime() - startNanos;
  }
}
