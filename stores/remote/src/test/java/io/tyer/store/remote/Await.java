package io.tyer.store.remote;

import java.time.Duration;
import java.util.concurrent.Callable;

/** Waits for what must come. */
final class Await {

  private static final Duration LONGEST = Duration.ofSeconds(30);

  private Await() {}

  /** Returns once the condition holds; fails if it does not for too long. */
  static void until(String what, Callable<Boolean> condition) throws Exception {
    long start = System.nanoTime();
    while (!condition.call()) {
      if (System.nanoTime() - start > LONGEST.toNanos()) {
        throw new AssertionError("still not, after " + LONGEST.toSeconds() + " s: " + what);
      }
      Thread.sleep(5);
    }
  }
}
