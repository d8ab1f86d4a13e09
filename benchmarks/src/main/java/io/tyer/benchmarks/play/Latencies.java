package io.tyer.benchmarks.play;

import java.util.OptionalDouble;

/**
 * How long things took, counted in buckets whose bounds lie 3 to 6 percent apart. A thread has one
 * of its own, and adds it to those of the other processes on the {@link Board} in the end.
 */
public final class Latencies {

  /** Buckets of each power of two. */
  private static final int PARTS = 16;

  static final int BUCKETS = Long.SIZE * PARTS;

  private final long[] counts = new long[BUCKETS];

  public void add(long nanos) {
    counts[bucket(nanos)]++;
  }

  private static int bucket(long nanos) {
    long value = Math.max(PARTS, nanos);
    int power = Long.SIZE - 1 - Long.numberOfLeadingZeros(value);
    return power * PARTS + (int) (value >> (power - 4)) - PARTS;
  }

  /** The middle of a bucket. */
  private static double middle(int bucket) {
    double part = bucket % PARTS + 0.5;
    return Math.scalb(1 + part / PARTS, bucket / PARTS);
  }

  /** For all to read. */
  public void tell(Board board) {
    for (int bucket = 0; bucket < BUCKETS; bucket++) {
      if (counts[bucket] > 0) {
        board.tally(bucket, counts[bucket]);
      }
    }
  }

  /** So many percent of all that was told took at most that many nanoseconds; empty if none was. */
  public static OptionalDouble percentile(Board board, double percent) {
    long all = 0;
    for (int bucket = 0; bucket < BUCKETS; bucket++) {
      all += board.tallied(bucket);
    }
    long rank = Math.max(1, (long) Math.ceil(percent / 100 * all));
    long seen = 0;
    for (int bucket = 0; bucket < BUCKETS; bucket++) {
      seen += board.tallied(bucket);
      if (seen >= rank) {
        return OptionalDouble.of(middle(bucket));
      }
    }
    return OptionalDouble.empty();
  }
}
