package io.tyer.benchmarks.play;

import java.io.Serializable;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How much is measured in one run.
 *
 * @param warmUpMillis in the same JVM, before anything counts
 * @param measureMillis what counts
 * @param samples how many wake-ups
 * @param held how many locks are held at once
 * @param names how many names are used in all
 * @param crowd how many wait in other lines
 */
public record Effort(
    long warmUpMillis, long measureMillis, int samples, int held, int names, int crowd)
    implements Serializable {

  public static final Effort FULL = new Effort(4_000, 5_000, 200, 10_000, 1_000_000, 10_000);
  public static final Effort QUICK = new Effort(50, 250, 10, 200, 1_000, 100);

  public long warmUpNanos() {
    return TimeUnit.MILLISECONDS.toNanos(warmUpMillis);
  }

  public Effort warmingUpFor(Duration time) {
    return new Effort(time.toMillis(), measureMillis, samples, held, names, crowd);
  }

  public Effort measuringFor(Duration time) {
    return new Effort(warmUpMillis, time.toMillis(), samples, held, names, crowd);
  }

  public Effort names(int most) {
    return new Effort(warmUpMillis, measureMillis, samples, held, most, crowd);
  }

  public Effort crowd(int waiting) {
    return new Effort(warmUpMillis, measureMillis, samples, held, names, waiting);
  }
}
