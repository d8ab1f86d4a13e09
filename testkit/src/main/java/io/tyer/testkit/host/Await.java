package io.tyer.testkit.host;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Waits for what must come. */
public final class Await {

  /** For what must come at all, however slow the machine is. */
  public static final Duration LONG = Duration.ofSeconds(60);

  private Await() {}

  /** Returns once the condition holds; fails if it does not for too long. */
  public static void until(String what, Callable<Boolean> condition) throws Exception {
    until(() -> what, condition);
  }

  /** The same, where what is awaited can be said better when it has not come. */
  public static void until(Supplier<String> what, Callable<Boolean> condition) throws Exception {
    long start = System.nanoTime();
    while (!condition.call()) {
      if (System.nanoTime() - start > LONG.toNanos()) {
        throw new AssertionError("still not, after " + LONG.toSeconds() + " s: " + what.get());
      }
      pause(Duration.ofMillis(2));
    }
  }

  /** Lets time pass. */
  public static void pause(Duration time) throws InterruptedException {
    long end = System.nanoTime() + time.toNanos();
    for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
  }
}
