package io.tyer.server.log;

import io.tyer.spi.Cancellable;
import io.tyer.spi.Surroundings;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Surroundings whose time is moved by hand, and whose tasks run at once in the caller's thread. */
final class HandClock implements Surroundings {

  private long nanos = -42;

  void pass(long time, TimeUnit unit) {
    nanos += unit.toNanos(time);
  }

  @Override
  public long nanoTime() {
    return nanos;
  }

  @Override
  public long wallMillis() {
    return 1_750_000_000_000L;
  }

  @Override
  public Cancellable schedule(long delayNanos, Runnable task) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long nextLong() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void nextSecret(byte[] target) {
    throw new UnsupportedOperationException();
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
    throw new UnsupportedOperationException();
  }
}
