package io.tyer.benchmarks.rows;

import io.tyer.benchmarks.play.Effort;
import io.tyer.benchmarks.play.Mutex;
import io.tyer.benchmarks.play.Stats;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;

/** The cost of a pair, in short turns, so that two can be compared under the same weather. */
final class Slices {

  /**
   * What a pair costs.
   *
   * @param nanos by the clock
   * @param cpuNanos of the thread that acquires, whatever else the machine is busy with
   */
  record Cost(double nanos, double cpuNanos) {

    /** The mean of both. */
    static Cost between(Cost one, Cost other) {
      return new Cost((one.nanos + other.nanos) / 2, (one.cpuNanos + other.cpuNanos) / 2);
    }
  }

  private static final int TURNS = 9;

  private final long sliceNanos;

  Slices(Effort effort) {
    this.sliceNanos =
        Math.max(
            TimeUnit.MILLISECONDS.toNanos(2),
            TimeUnit.MILLISECONDS.toNanos(effort.measureMillis()) / TURNS / 4);
  }

  /** The median costs of each; they take turns. */
  Cost[] compare(Mutex... mutexes) throws Exception {
    double[][] nanos = new double[mutexes.length][TURNS];
    double[][] cpuNanos = new double[mutexes.length][TURNS];
    for (int turn = 0; turn < TURNS; turn++) {
      for (int i = 0; i < mutexes.length; i++) {
        Cost cost = during(mutexes[i], sliceNanos);
        nanos[i][turn] = cost.nanos;
        cpuNanos[i][turn] = cost.cpuNanos;
      }
    }
    Cost[] medians = new Cost[mutexes.length];
    for (int i = 0; i < mutexes.length; i++) {
      medians[i] = new Cost(Stats.median(nanos[i]), Stats.median(cpuNanos[i]));
    }
    return medians;
  }

  /** Pairs until the time is over; for warming up, too. */
  static Cost during(Mutex mutex, long nanos) throws Exception {
    long cpuStart = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    long start = System.nanoTime();
    long pairs = 0;
    long took;
    do {
      mutex.pair();
      pairs++;
      took = System.nanoTime() - start;
    } while (took < nanos);
    long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpuStart;
    return new Cost((double) took / pairs, (double) cpu / pairs);
  }
}
