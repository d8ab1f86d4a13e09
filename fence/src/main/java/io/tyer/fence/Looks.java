package io.tyer.fence;

import io.tyer.Retry;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * For what cannot tell of changes: looks again after pauses that grow, up to a quarter of a second,
 * each shortened at random, so that many waiters do not look at once.
 */
final class Looks implements Changes {

  private static final Retry PAUSES =
      new Retry(Integer.MAX_VALUE, Duration.ofMillis(2), Duration.ofMillis(250), 0.5);

  private final CountDownLatch closed = new CountDownLatch(1);
  private int looks;

  @Override
  public void await(Duration atMost) throws InterruptedException {
    looks++;
    Duration pause = PAUSES.pauseAfter(looks, ThreadLocalRandom.current().nextDouble());
    boolean unused =
        closed.await(Math.min(pause.toNanos(), atMost.toNanos()), TimeUnit.NANOSECONDS);
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
