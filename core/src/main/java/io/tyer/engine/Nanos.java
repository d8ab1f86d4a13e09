package io.tyer.engine;

import java.time.Duration;

/** Durations as nanoseconds, without overflow. */
final class Nanos {

  /** About 146 years: "for ever" that can still be added to a clock. */
  static final long LONGEST = Long.MAX_VALUE / 2;

  private Nanos() {}

  /** Zero if negative. */
  static long of(Duration duration) {
    if (duration.isNegative()) {
      return 0;
    }
    return duration.compareTo(Duration.ofNanos(LONGEST)) >= 0 ? LONGEST : duration.toNanos();
  }
}
