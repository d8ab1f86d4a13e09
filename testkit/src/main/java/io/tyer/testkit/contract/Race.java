package io.tyer.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;

/**
 * Has a grant and the end of the wait for it meet, round after round: whichever came first comes a
 * little later the next time. The seed is the system property {@code tyer.seed}, if there is one.
 */
final class Race {

  /** How many times they meet. */
  static final int ROUNDS = 30;

  /** When the wait is to end; the release moves to and fro around that. */
  static final Duration END = Duration.ofMillis(15);

  private final long seed = Long.getLong("tyer.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private long releaseMicros = END.toNanos() / 1000;
  private int granted;
  private int ended;

  /** How long to wait with the release in this round. */
  Duration release() {
    return Duration.ofNanos(releaseMicros * 1000);
  }

  /** The grant came first, or did not. */
  void wasGranted(boolean grant) {
    long step = 100L + random.nextInt(2000);
    if (grant) {
      granted++;
      releaseMicros += step;
    } else {
      ended++;
      releaseMicros = Math.max(0, releaseMicros - step);
    }
  }

  /** It must have come out both ways, or nothing was shown. */
  void wentBothWays() {
    assertThat(granted).as("grants that came first, with -Dtyer.seed=%d", seed).isPositive();
    assertThat(ended).as("waits that ended first, with -Dtyer.seed=%d", seed).isPositive();
  }
}
