package io.tyer.server.http;

import java.util.concurrent.TimeUnit;

/**
 * For how long a client may believe in its lease, counted from the moment at which it sent its
 * request: that moment it knows by its own clock, and it lies before all that the server did about
 * the request. What passes of that time on the way, in either direction, makes the lease look
 * shorter than it is, never longer (promise S1).
 */
final class Validity {

  private static final long LEAST_MARGIN_MILLIS = 200;
  private static final int MARGIN_PART = 10;

  /** By how much of a wait the client's clock may be slower than the server's: two per cent. */
  private static final int PART_OF_WAIT = 50;

  private Validity() {}

  /**
   * Milliseconds from the sending of the request.
   *
   * @param cameIn when the request came in, by the monotonic clock
   * @param proved when the sign of life was sent that was acknowledged last; not before {@code
   *     cameIn}
   */
  static long millis(long cameIn, long proved, long ttlMillis) {
    long waited = TimeUnit.NANOSECONDS.toMillis(proved - cameIn);
    return waited
        - waited / PART_OF_WAIT
        + ttlMillis
        - Math.max(ttlMillis / MARGIN_PART, LEAST_MARGIN_MILLIS);
  }
}
