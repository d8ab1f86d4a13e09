package io.tyer.server.door;

/** A token bucket: so many a second, after a burst of as many. For one thread. */
final class Rate {

  private static final double NANOS = 1e9;

  private final int perSecond;
  private double tokens;
  private long at;

  /**
   * Full at first.
   *
   * @param perSecond 0 for no limit
   */
  Rate(int perSecond, long now) {
    this.perSecond = perSecond;
    this.tokens = perSecond;
    this.at = now;
  }

  boolean take(long now) {
    if (perSecond == 0) {
      return true;
    }
    tokens = Math.min(perSecond, tokens + (now - at) / NANOS * perSecond);
    at = now;
    if (tokens < 1) {
      return false;
    }
    tokens--;
    return true;
  }
}
