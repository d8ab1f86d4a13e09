package io.tyer.benchmarks.play;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waiting that is meant. */
public final class Pauses {

  private Pauses() {}

  public static void millis(long millis) {
    nanos(TimeUnit.MILLISECONDS.toNanos(millis));
  }

  public static void nanos(long nanos) {
    long end = System.nanoTime() + nanos;
    for (long left = nanos; left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  /** 1 to 20 ms, so that what is measured does not fall into step with timers. */
  public static void random() {
    nanos(ThreadLocalRandom.current().nextLong(1_000_000, 20_000_000));
  }
}
