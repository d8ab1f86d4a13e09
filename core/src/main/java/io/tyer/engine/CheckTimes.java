package io.tyer.engine;

import io.tyer.spi.StoreTraits;

/**
 * When a ticket that waits is to be checked: at intervals that grow, and grow further in a crowd
 * ({@link CheckPace}). Guarded by the name queue's lock.
 */
final class CheckTimes {

  private static final long LEAST_LOOK_NANOS = 1_000_000;

  /** In which time a ticket notices that the crowd is gone. */
  static final long LONGEST_LOOK_NANOS = 5_000_000_000L;

  private final Engine engine;
  private long intervalNanos;
  private long askedNanos;

  CheckTimes(Engine engine) {
    this.engine = engine;
  }

  /** The store has just said how the ticket stands. */
  void begin() {
    soon();
    asked();
  }

  /** Something may have changed: begin again with the shortest interval. */
  void soon() {
    intervalNanos = traits().firstCheck().toNanos();
  }

  /** The store is asked now. */
  void asked() {
    askedNanos = engine.now();
  }

  /** In which time to look whether a check is due. */
  long nextLookNanos() {
    long left = engine.port().jittered(pauseNanos()) - sinceAsked();
    return Math.max(LEAST_LOOK_NANOS, Math.min(left, LONGEST_LOOK_NANOS));
  }

  /**
   * Whether a check is due, as soon as jitter allows; how many others wait may have changed since
   * the look was planned. The next interval is then longer.
   */
  boolean due() {
    boolean due = sinceAsked() >= pauseNanos() / 4 * 3;
    if (due) {
      intervalNanos = Math.min(2 * intervalNanos, traits().lastCheck().toNanos());
    }
    return due;
  }

  private long pauseNanos() {
    return engine.checkPace().pauseNanos(intervalNanos);
  }

  private long sinceAsked() {
    return engine.now() - askedNanos;
  }

  private StoreTraits traits() {
    return engine.port().store().traits();
  }
}
