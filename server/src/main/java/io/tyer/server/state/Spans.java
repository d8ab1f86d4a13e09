package io.tyer.server.state;

import java.util.Arrays;

/**
 * How long some things lasted: how many were how long, and all together. Not for several threads.
 */
public final class Spans {

  private static final long[] MILLIS = {1, 10, 100, 1_000, 10_000, 60_000, 600_000, 3_600_000};

  private final int[] counts = new int[MILLIS.length + 1];
  private int count;
  private long sum;

  Spans() {}

  /** The longest of each length but the last, which has none; a copy. */
  public static long[] bounds() {
    return MILLIS.clone();
  }

  /** How many there were. */
  public int count() {
    return count;
  }

  /**
   * How many were of this length.
   *
   * @param length the first are no longer than the first of {@link #bounds}, the next no longer
   *     than the next, and so on; the last are longer than all of these
   */
  public int count(int length) {
    return counts[length];
  }

  /** How long they lasted together. */
  public long sumMillis() {
    return sum;
  }

  void clear() {
    if (count > 0) {
      Arrays.fill(counts, 0);
      count = 0;
      sum = 0;
    }
  }

  /** One that was less than nothing, by a clock that was set back, lasted no time. */
  void add(long millis) {
    int length = 0;
    while (length < MILLIS.length && millis > MILLIS[length]) {
      length++;
    }
    counts[length]++;
    count++;
    sum += Math.max(0, millis);
  }
}
