package io.tyer.fence;

import java.time.Duration;

/**
 * Tells one waiter that a value may have changed, from when it is made until it is closed. Who has
 * one reads the value, waits here if it is not yet what it should be, and reads it again: what is
 * told between the two is not missed.
 */
public interface Changes extends AutoCloseable {

  /**
   * Returns when the value may have changed since this was made or last returned, or a little
   * before or after the time has passed; also for no reason.
   */
  void await(Duration atMost) throws InterruptedException;

  /** Does not wait, and throws nothing. */
  @Override
  void close();
}
