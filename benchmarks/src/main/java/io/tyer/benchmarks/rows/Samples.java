package io.tyer.benchmarks.rows;

import java.util.Arrays;

/** How long things took, each of them; of one thread. */
final class Samples {

  /** Beyond that more would tell nothing more, and only take memory. */
  private static final int MOST = 4_000_000;

  private double[] micros = new double[1_024];
  private int count;

  void add(long nanos) {
    if (count == MOST) {
      return;
    }
    if (count == micros.length) {
      micros = Arrays.copyOf(micros, Math.min(MOST, 2 * count));
    }
    micros[count++] = nanos / 1e3;
  }

  /** All of them, in microseconds. */
  double[] micros() {
    return Arrays.copyOf(micros, count);
  }
}
