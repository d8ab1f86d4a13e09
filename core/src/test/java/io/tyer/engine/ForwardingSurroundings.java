package io.tyer.engine;

import io.tyer.spi.Cancellable;
import io.tyer.spi.Surroundings;
import java.util.concurrent.Executor;

/** Others' surroundings, but for what a test overrides. */
class ForwardingSurroundings implements Surroundings {

  private final Surroundings real;

  ForwardingSurroundings(Surroundings real) {
    this.real = real;
  }

  @Override
  public long nanoTime() {
    return real.nanoTime();
  }

  @Override
  public long wallMillis() {
    return real.wallMillis();
  }

  @Override
  public Cancellable schedule(long delayNanos, Runnable task) {
    return real.schedule(delayNanos, task);
  }

  @Override
  public long nextLong() {
    return real.nextLong();
  }

  @Override
  public void nextSecret(byte[] target) {
    real.nextSecret(target);
  }

  @Override
  public Executor io() {
    return real.io();
  }

  @Override
  public Executor callbacks() {
    return real.callbacks();
  }

  @Override
  public void startThread(String purpose, Runnable task) {
    real.startThread(purpose, task);
  }
}
