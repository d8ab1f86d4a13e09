package io.tyer.engine;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * How often a client asks at most how its waiting tickets stand, all of them together. A check
 * finds what a message that was lost would have told; a crowd of tickets that each checked as often
 * as a single one would take the store from those who hold and enter.
 */
final class CheckPace {

  /** Where sessions are told, checks are a second line: 200 a second. */
  private static final long TOLD_NANOS = 5_000_000;

  /** Where they are not, nothing else finds a grant: 2,000 a second. */
  private static final long UNTOLD_NANOS = 500_000;

  /** No ticket goes unchecked for longer, however many wait. */
  private static final long LONGEST_NANOS = 60_000_000_000L;

  private final AtomicInteger waiting = new AtomicInteger();
  private final BooleanSupplier told;

  /**
   * Nobody waits yet.
   *
   * @param told whether sessions are told, which may be found out later
   */
  CheckPace(BooleanSupplier told) {
    this.told = told;
  }

  /** So many more tickets wait, or fewer. */
  void change(int more) {
    waiting.addAndGet(more);
  }

  /** The least between two checks of a ticket, by how many wait. */
  long crowdNanos() {
    long each = told.getAsBoolean() ? TOLD_NANOS : UNTOLD_NANOS;
    return Math.min(waiting.get() * each, LONGEST_NANOS);
  }

  /**
   * How long a ticket that waits is left alone before its next check.
   *
   * @param wanted what it would be if it were the only one
   */
  long pauseNanos(long wanted) {
    return Math.max(wanted, crowdNanos());
  }
}
