package io.tyer.testkit.contract;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Waits for what must come. */
final class Await {

  /** For what must come at all, however slow the machine is. */
  static final Duration LONG = Duration.ofSeconds(30);

  private Await() {}

  /** Returns once the condition holds; fails if it does not for too long. */
  static void until(String what, Callable<Boolean> condition) throws Exception {
    until(() -> what, condition);
  }

  /** The same, where what is awaited can be said better when it has not come. */
  static void until(Supplier<String> what, Callable<Boolean> condition) throws Exception {
    long start = System.nanoTime();
    while (!condition.call()) {
      if (System.nanoTime() - start > LONG.toNanos()) {
        throw new AssertionError("still not, after " + LONG.toSeconds() + " s: " + what.get());
      }
      pause(Duration.ofMillis(2));
    }
  }

  /**
   * Holds a lock for a moment in every fourth round, so that whoever is granted it besides is seen.
   */
  static void dwell(int round) throws InterruptedException {
    if (round % 4 == 0) {
      pause(Duration.ofMillis(1));
    }
  }

  /** Lets time pass. */
  static void pause(Duration time) throws InterruptedException {
    long end = System.nanoTime() + time.toNanos();
    for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
  }
}
