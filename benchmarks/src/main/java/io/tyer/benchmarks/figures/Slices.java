package io.tyer.benchmarks.figures;

import java.util.concurrent.TimeUnit;

/** The cost of a pair, in short turns, so that two can be compared under the same weather. */
final class Slices {

  private static final int TURNS = 9;

  private final long sliceNanos;

  Slices(Effort effort) {
    this.sliceNanos =
        Math.max(
            TimeUnit.MILLISECONDS.toNanos(2),
            TimeUnit.MILLISECONDS.toNanos(effort.measureMillis()) / TURNS / 4);
  }

  /** The median cost of a pair in nanoseconds, of each; they take turns. */
  double[] compare(Mutex... mutexes) throws Exception {
    double[][] nanos = new double[mutexes.length][TURNS];
    for (int turn = 0; turn < TURNS; turn++) {
      for (int i = 0; i < mutexes.length; i++) {
        nanos[i][turn] = slice(mutexes[i]);
      }
    }
    double[] medians = new double[mutexes.length];
    for (int i = 0; i < mutexes.length; i++) {
      medians[i] = Stats.median(nanos[i]);
    }
    return medians;
  }

  /** Pairs until the time is over; for warming up, too. */
  double slice(Mutex mutex) throws Exception {
    return during(mutex, sliceNanos);
  }

  static double during(Mutex mutex, long nanos) throws Exception {
    long start = System.nanoTime();
    long pairs = 0;
    long took;
    do {
      mutex.pair();
      pairs++;
      took = System.nanoTime() - start;
    } while (took < nanos);
    return (double) took / pairs;
  }
}
