package io.tyer.server.guard;

/** A token bucket: so many a second, after a burst of as many. For one thread. */
public final class Rate {

  private static final double NANOS = 1e9;

  private final int perSecond;
  private double tokens;
  private long at;

  /**
   * Full at first.
   *
   * @param perSecond 0 for no limit
   */
  public Rate(int perSecond, long now) {
    this.perSecond = perSecond;
    this.tokens = perSecond;
    this.at = now;
  }

  /** Whether nothing was taken for as long as it takes to fill. */
  public boolean isFull(long now) {
    return tokens + (now - at) / NANOS * perSecond >= perSecond;
  }

  /** Takes one, if there is one. */
  public boolean take(long now) {
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
