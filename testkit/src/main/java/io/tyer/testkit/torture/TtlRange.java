package io.tyer.testkit.torture;

import java.time.Duration;
import java.util.SplittableRandom;

/**
 * From which TTLs clients draw theirs.
 *
 * @param shortestMillis at least 1000
 * @param longestMillis not less
 */
record TtlRange(long shortestMillis, long longestMillis) {

  static final TtlRange SHORT = new TtlRange(1_000, 2_000);

  TtlRange {
    if (shortestMillis < 1_000 || longestMillis < shortestMillis) {
      throw new IllegalArgumentException(
          "TTLs are at least 1 s: from " + shortestMillis + " to " + longestMillis + " ms");
    }
  }

  Duration longest() {
    return Duration.ofMillis(longestMillis);
  }

  Duration draw(SplittableRandom random) {
    return Duration.ofMillis(random.nextLong(shortestMillis, longestMillis + 1));
  }
}
