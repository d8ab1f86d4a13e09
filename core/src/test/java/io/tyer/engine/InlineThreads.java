package io.tyer.engine;

import io.tyer.spi.Cancellable;
import io.tyer.spi.Surroundings;
import java.util.concurrent.Executor;

/** The real surroundings, but what would get a thread of its own runs where it is started. */
record InlineThreads(Surroundings real) implements Surroundings {

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
    return Runnable::run;
  }

  @Override
  public void startThread(String purpose, Runnable task) {
    task.run();
  }
}
