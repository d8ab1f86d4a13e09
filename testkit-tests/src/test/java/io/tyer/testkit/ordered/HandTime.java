package io.tyer.testkit.ordered;

import io.tyer.spi.Cancellable;
import io.tyer.spi.Surroundings;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** A machine whose time passes when a test says so; nothing that is scheduled ever runs. */
final class HandTime implements Surroundings {

  private final Random random;
  private long nanos = 1;
  private long asleepMillis;

  HandTime(Random random) {
    this.random = random;
  }

  void pass(long millis) {
    nanos += TimeUnit.MILLISECONDS.toNanos(millis);
  }

  /** The machine is suspended: only the wall clock goes on. */
  void sleep(long millis) {
    asleepMillis += millis;
  }

  @Override
  public long nanoTime() {
    return nanos;
  }

  @Override
  public long wallMillis() {
    return 1_760_000_000_000L + TimeUnit.NANOSECONDS.toMillis(nanos) + asleepMillis;
  }

  @Override
  public Cancellable schedule(long delayNanos, Runnable task) {
    return () -> {};
  }

  @Override
  public long nextLong() {
    return random.nextLong();
  }

  @Override
  public void nextSecret(byte[] target) {
    random.nextBytes(target);
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
    throw new AssertionError("the adapter starts no threads: " + purpose);
  }
}
