package io.tyer.benchmarks.play;

import java.util.Arrays;

/** What is said of a set of numbers. */
public final class Stats {

  /** What is said of a set that is empty. */
  public static final String NOTHING_ENDED = "nothing ended in the time that was measured";

  private Stats() {}

  /** The middle one, or the mean of both. */
  public static double median(double... values) {
    double[] sorted = sorted(values);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** The smallest value that so many percent of all do not exceed (nearest rank). */
  public static double percentile(double percent, double... values) {
    double[] sorted = sorted(values);
    int rank = (int) Math.ceil(percent / 100 * sorted.length);
    return sorted[Math.max(0, rank - 1)];
  }

  public static double min(double... values) {
    return sorted(values)[0];
  }

  public static double max(double... values) {
    double[] sorted = sorted(values);
    return sorted[sorted.length - 1];
  }

  private static double[] sorted(double[] values) {
    if (values.length == 0) {
      throw new IllegalArgumentException(NOTHING_ENDED);
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted;
  }
}
