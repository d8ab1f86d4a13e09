package io.tyer.testkit.torture;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What is called out to the threads of a worker. */
final class Signals {

  private final CountDownLatch stop = new CountDownLatch(1);
  private volatile boolean calm;

  /** Nothing is to be held for long any more. */
  void calmDown() {
    calm = true;
  }

  boolean calm() {
    return calm;
  }

  /** All are to finish. */
  void stop() {
    stop.countDown();
  }

  boolean stopped() {
    return stop.getCount() == 0;
  }

  /**
   * Waits that long, or until all are to finish. A stray interrupt only shortens the wait.
   *
   * @return whether all are to finish
   */
  boolean pause(long nanos) {
    try {
      return stop.await(nanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      return stopped();
    }
  }
}
