package io.tyer.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Looking again and again. */
final class Waits {

  private static final long EACH_MILLIS = 5;

  private Waits() {}

  /** Returns when it is so, or when that has taken too long. */
  static void until(BooleanSupplier condition, Duration limit) throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    long begin = System.nanoTime();
    while (!condition.getAsBoolean() && System.nanoTime() - begin < limit.toNanos()) {
      boolean unused = never.await(EACH_MILLIS, TimeUnit.MILLISECONDS);
    }
  }
}
