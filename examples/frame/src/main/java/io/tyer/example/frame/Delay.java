package io.tyer.example.frame;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Time that work takes, or a user who thinks. */
public final class Delay {

  private Delay() {}

  /** Returns when it has passed. */
  public static void spend(Duration duration) {
    long until = System.nanoTime() + duration.toNanos();
    for (long left = duration.toNanos(); left > 0; left = until - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
