package io.tyer;

import java.time.Duration;

/**
 * How to try again, for those who would rather do that than wait in line.
 *
 * <p>Before try number n+1 it pauses {@code firstPause · 2^(n−1)}, at most {@code longestPause},
 * shortened at random by up to the share {@code jitter} of itself.
 *
 * @param attempts how many tries in all, at least 1
 * @param firstPause the first pause, not negative
 * @param longestPause the longest pause, at least {@code firstPause}, at most 365 days
 * @param jitter from 0 (none) to 1 (anything from no pause to the full one)
 */
public record Retry(int attempts, Duration firstPause, Duration longestPause, double jitter) {

  private static final Duration LONGEST = Duration.ofDays(365);

  /** Refuses what is out of range. */
  public Retry {
    if (attempts < 1) {
      throw new IllegalArgumentException("attempts must be at least 1, not " + attempts);
    }
    if (firstPause.isNegative()) {
      throw new IllegalArgumentException("firstPause must not be negative: " + firstPause);
    }
    if (longestPause.compareTo(firstPause) < 0) {
      throw new IllegalArgumentException(
          "longestPause " + longestPause + " must be at least firstPause " + firstPause);
    }
    if (longestPause.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "longestPause must be at most " + LONGEST + ", not " + longestPause);
    }
    if (!(jitter >= 0 && jitter <= 1)) {
      throw new IllegalArgumentException("jitter must be from 0 to 1, not " + jitter);
    }
  }

  /** That many tries, with pauses from 50 ms up to 2 s and a jitter of one half. */
  public static Retry times(int attempts) {
    return new Retry(attempts, Duration.ofMillis(50), Duration.ofSeconds(2), 0.5);
  }

  /** The same with other pauses. */
  public Retry withPauses(Duration first, Duration longest) {
    return new Retry(attempts, first, longest, jitter);
  }

  /** The same with another jitter. */
  public Retry withJitter(double share) {
    return new Retry(attempts, firstPause, longestPause, share);
  }

  /**
   * The pause before the next try.
   *
   * @param tries how many tries were made, at least 1
   * @param random from 0 (inclusive) to 1 (exclusive)
   */
  public Duration pauseAfter(int tries, double random) {
    Duration pause = firstPause;
    for (int i = 1; i < tries && pause.compareTo(longestPause) < 0 && !pause.isZero(); i++) {
      pause = pause.multipliedBy(2);
    }
    if (pause.compareTo(longestPause) > 0) {
      pause = longestPause;
    }
    return Duration.ofNanos((long) (pause.toNanos() * (1 - jitter * random)));
  }
}
