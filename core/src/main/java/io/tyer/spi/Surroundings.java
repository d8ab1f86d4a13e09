package io.tyer.spi;

import java.util.concurrent.Executor;

/**
 * Everything the engine and the stores take from the machine they run on: clocks, timer, threads,
 * randomness. The real one and the simulator's differ in nothing else.
 */
public interface Surroundings {

  /** Monotonic nanoseconds with an arbitrary origin; compare by difference only. */
  long nanoTime();

  /** Wall-clock milliseconds since 1970; never compared with another machine's. */
  long wallMillis();

  /**
   * Runs a task once after a delay on the timer. The task must not block: the timer is what tells
   * holders of a loss.
   */
  Cancellable schedule(long delayNanos, Runnable task);

  /** Randomness for identifiers and jitter; not secret. */
  long nextLong();

  /** Fills the array with randomness fit for secrets. */
  void nextSecret(byte[] target);

  /** For calls to a store that may block their thread. */
  Executor io();

  /** For users' callbacks and the continuations of their futures. */
  Executor callbacks();

  /** Starts a task on a thread of its own at once, whatever else is busy (promise S5). */
  void startThread(String purpose, Runnable task);
}
