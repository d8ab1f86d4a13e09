package io.tyer.store.record;

import io.tyer.spi.Surroundings;
import java.util.concurrent.locks.LockSupport;

/**
 * How long to stay away from a record that others keep changing: not at all the first time, then a
 * random time below a bound that doubles up to 20 ms.
 */
final class Backoff {

  private static final long FIRST_NANOS = 100_000;
  private static final long MOST_NANOS = 20_000_000;

  private final Surroundings surroundings;
  private long boundNanos;

  Backoff(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** Waits, ignores interrupts, and leaves the interrupt flag as it was. */
  void pause(Deadline deadline) {
    if (boundNanos == 0) {
      boundNanos = FIRST_NANOS;
      return;
    }
    long nanos = Math.floorMod(surroundings.nextLong(), boundNanos);
    boundNanos = Math.min(2 * boundNanos, MOST_NANOS);
    park(Math.min(nanos, deadline.remainingNanos()));
  }

  private static void park(long nanos) {
    if (nanos <= 0) {
      return;
    }
    // With the flag set, parking would return at once and this would spin.
    boolean interrupted = Thread.interrupted();
    LockSupport.parkNanos(nanos);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
