package io.tyer.testkit.fault;

import java.time.Duration;

/**
 * What a {@link FaultProxy} does with connections and bytes.
 *
 * @param swallowsRequests whether bytes of clients go nowhere
 * @param swallowsReplies whether bytes of the server go nowhere
 * @param refuses whether new connections are reset
 * @param delay how long each byte is kept, in order, in each direction
 */
public record ProxyMode(
    boolean swallowsRequests, boolean swallowsReplies, boolean refuses, Duration delay) {

  /** Everything passes. */
  public static final ProxyMode PASS = new ProxyMode(false, false, false, Duration.ZERO);

  /**
   * A network that is cut: nothing passes either way, connections stay open, and new ones are
   * accepted and go nowhere.
   */
  public static final ProxyMode BLACK_HOLE = new ProxyMode(true, true, false, Duration.ZERO);

  /** A network that is cut one way: requests arrive and take effect, replies do not come back. */
  public static final ProxyMode LOST_REPLIES = new ProxyMode(false, true, false, Duration.ZERO);

  /** New connections are reset; those that exist go on. */
  public static final ProxyMode REFUSE = new ProxyMode(false, false, true, Duration.ZERO);

  /** A negative delay is refused. */
  public ProxyMode {
    if (delay.isNegative()) {
      throw new IllegalArgumentException("a delay is not negative: " + delay);
    }
  }

  /** Everything passes in order, each way that much later. */
  public static ProxyMode delay(Duration delay) {
    return new ProxyMode(false, false, false, delay);
  }
}
