package io.tyer.server.log;

import io.tyer.server.state.Bounds;

/**
 * How much time a leader lets pass with each entry. Never more than has passed, also in sum: what a
 * rounding leaves over comes with the next entry, and what exceeds an entry's most is dropped.
 */
final class Stamps {

  private static final long NANOS = 1_000_000;

  /** Up to here time has been given out. */
  private long until;

  /** The lead begins. */
  void begin(long nanos) {
    until = nanos;
  }

  /** What an entry that is proposed now says. */
  long elapsedMillis(long nanos) {
    long millis = Math.max(0, nanos - until) / NANOS;
    if (millis > Bounds.MAX_ELAPSED_MILLIS) {
      until = nanos;
      return Bounds.MAX_ELAPSED_MILLIS;
    }
    until += millis * NANOS;
    return millis;
  }
}
