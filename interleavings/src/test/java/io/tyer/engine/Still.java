package io.tyer.engine;

import io.tyer.spi.Cancellable;
import io.tyer.spi.Surroundings;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Surroundings in which nothing happens but what the threads of a test do: time stands still, no
 * timer ever comes to anybody's rescue, and what would get a thread of its own runs where it is
 * started.
 */
public final class Still implements Surroundings {

  private final AtomicLong nanos = new AtomicLong(1_000_000_000L);
  private final AtomicLong drawn = new AtomicLong();

  /** Lets time pass; timers stay silent. */
  public void advance(long by) {
    nanos.addAndGet(by);
  }

  @Override
  public long nanoTime() {
    return nanos.get();
  }

  @Override
  public long wallMillis() {
    // Not derived from the other clock: two readings of one that is set forward would not agree.
    return 1_800_000_000_000L;
  }

  @Override
  public Cancellable schedule(long delayNanos, Runnable task) {
    return () -> {};
  }

  @Override
  public long nextLong() {
    return drawn.incrementAndGet();
  }

  @Override
  public void nextSecret(byte[] target) {
    long secret = drawn.incrementAndGet();
    for (int i = 0; i < target.length; i++) {
      target[i] = (byte) (secret >>> (i % Long.BYTES * Byte.SIZE));
    }
  }

  @Override
  public Executor io() {
    return Runnable::run;
  }

  @Override
  public Executor callbacks() {
    return Runnable::run;
  }

  @Override
  public void startThread(String purpose, Runnable task) {
    task.run();
  }
}
