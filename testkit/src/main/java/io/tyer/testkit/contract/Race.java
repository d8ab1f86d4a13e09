package io.tyer.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.testkit.host.Await;
import java.time.Duration;
import java.util.Random;

/**
 * Has a grant and the end of the wait for it meet, round after round: whichever came first comes a
 * little later the next time, and by ever more as long as it stays the first. The seed is the
 * system property {@code tyer.seed}, if there is one.
 */
final class Race {

  /** How many times they meet at least, and at most until it has come out both ways. */
  private static final int ROUNDS = 30;

  private static final int MOST_ROUNDS = 120;
  private static final int MOST_DOUBLINGS = 6;
  private static final long LONGEST_MICROS = 4_000_000;

  private final long seed = Long.getLong("tyer.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private long endMicros = 15_000;
  private long releaseMicros = endMicros;
  private int rounds;
  private int granted;
  private int ended;
  private boolean lastGranted;
  private int alike;

  /** Whether there is another round. */
  boolean goesOn() {
    boolean bothWays = granted > 0 && ended > 0;
    return rounds++ < (bothWays ? ROUNDS : MOST_ROUNDS);
  }

  /** When the wait is to end in this round; the release moves to and fro around that. */
  Duration end() {
    return Duration.ofNanos(endMicros * 1000);
  }

  /** How long to wait with the release in this round. */
  Duration release() {
    return Duration.ofNanos(releaseMicros * 1000);
  }

  /** The grant came first, or did not. */
  void wasGranted(boolean grant) {
    alike = grant == lastGranted ? Math.min(alike + 1, MOST_DOUBLINGS) : 0;
    lastGranted = grant;
    long step = (100L + random.nextInt(2000)) << alike;
    if (grant) {
      granted++;
      releaseMicros += step;
    } else {
      ended++;
      if (releaseMicros == 0) {
        wasTooShort();
      }
      releaseMicros = Math.max(0, releaseMicros - step);
    }
  }

  /** They have not met, since the store takes longer than that to grant: a busy machine. */
  void wasTooShort() {
    endMicros = Math.min(LONGEST_MICROS, 2 * endMicros);
  }

  /** It must have come out both ways, or nothing was shown. */
  void wentBothWays() {
    assertThat(granted).as("grants that came first, with -Dtyer.seed=%d", seed).isPositive();
    assertThat(ended).as("waits that ended first, with -Dtyer.seed=%d", seed).isPositive();
  }

  /**
   * Holds a lock for a moment in every fourth round, so that whoever is granted it besides is seen.
   */
  static void dwell(int round) throws InterruptedException {
    if (round % 4 == 0) {
      Await.pause(Duration.ofMillis(1));
    }
  }
}
