package io.tyer.testkit.sim;

import io.tyer.engine.EngineSettings;

/** L2: how long callers wait, in time in which their process ran. */
final class WaitWatch {

  /** Late timers and threads. */
  private static final long SLACK_NANOS = 40_000_000;

  private final World world;

  WaitWatch(World world) {
    this.world = world;
  }

  /** The longest an attempt may take; no limit for those that wait as long as it takes. */
  private long limit(Attempt attempt) {
    long clock = 102;
    long look = EngineSettings.LAST_LOOK.toNanos() / 100 * clock;
    long operation = world.scenario().settings().operationTimeout().toNanos();
    long longest = world.scenario().settings().longestWait().toNanos();
    return switch (attempt.wish.form()) {
      case TIMED -> attempt.wish.patience() / 100 * clock + look + SLACK_NANOS;
      case TRY -> 4 * operation + 3 * world.scenario().ttlNanos() + SLACK_NANOS;
      case ACQUIRE -> longest == 0 ? Long.MAX_VALUE : longest / 100 * clock + look + SLACK_NANOS;
    };
  }

  void ended(Attempt attempt, SimClient client, long elapsed) {
    long limit = limit(attempt);
    if (elapsed > limit && client.process().runningFor(SLACK_NANOS)) {
      world.broken(
          new PromiseBroken(
              "L2", attempt + " took " + elapsed / 1_000_000 + " ms, limit " + limit / 1_000_000));
    }
  }
}
