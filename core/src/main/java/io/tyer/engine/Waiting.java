package io.tyer.engine;

import io.tyer.spi.StoreException;

/**
 * How a ticket in line learns of its grant if no message tells: it is checked, at intervals that
 * grow, and grow further in a crowd.
 */
final class Waiting {

  private static final long LEAST_LOOK_NANOS = 1_000_000;

  /** In which time a ticket notices that the crowd is gone. */
  static final long LONGEST_LOOK_NANOS = 5_000_000_000L;

  private final Asked asked;
  private final TicketTimer timer;
  private long intervalNanos;
  private long askedNanos;

  /** The store has just said that it waits. */
  Waiting(Asked asked, TicketTimer timer, Step step) {
    this.asked = asked;
    this.timer = timer;
    this.intervalNanos = step.rules.firstCheckNanos();
    this.askedNanos = step.now();
    plan(step);
  }

  private void plan(Step step) {
    timer.checkLater(asked.request(), intervalNanos, askedNanos, step);
  }

  /** When to look whether a check is due, by a pause that jitter has shortened. */
  static long lookNanos(long jitteredPauseNanos, long sinceAskedNanos) {
    long left = jitteredPauseNanos - sinceAskedNanos;
    return Math.max(LEAST_LOOK_NANOS, Math.min(left, LONGEST_LOOK_NANOS));
  }

  /**
   * A check is due as soon as jitter allows; how many others wait may have changed since the look
   * was planned. The next interval is then longer.
   */
  void due(long crowdNanos, long number, Step step) {
    long pause = Math.max(intervalNanos, crowdNanos);
    if (step.now() - askedNanos >= pause / 4 * 3) {
      intervalNanos = Math.min(2 * intervalNanos, step.rules.lastCheckNanos());
      check(number, step);
    }
    plan(step);
  }

  /** Something may have changed: begin again with the shortest interval. */
  void hinted(long number, Step step) {
    intervalNanos = step.rules.firstCheckNanos();
    check(number, step);
  }

  private void check(long number, Step step) {
    askedNanos = step.now();
    step.emit(asked.check(number));
  }

  /** Says so in the log. */
  static Effect.Log refused(StoreException failure) {
    return new Effect.Log(
        Effect.Level.WARN,
        "the store refuses to tell how the ticket of {} stands; it is asked again",
        failure);
  }
}
