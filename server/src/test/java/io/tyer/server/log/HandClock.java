package io.tyer.server.log;

import io.tyer.spi.Cancellable;
import io.tyer.spi.Surroundings;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Surroundings whose time is moved by hand, and whose tasks run at once in the caller's thread. */
final class HandClock implements Surroundings {

  private record Task(long at, Runnable body) {}

  private long nanos = -42;
  private final PriorityQueue<Task> tasks = new PriorityQueue<>(Comparator.comparingLong(Task::at));

  /** Also runs what is due by then, all at the end. */
  void pass(long time, TimeUnit unit) {
    nanos += unit.toNanos(time);
    while (!tasks.isEmpty() && tasks.element().at() <= nanos) {
      tasks.remove().body().run();
    }
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
    Task scheduled = new Task(nanos + delayNanos, task);
    tasks.add(scheduled);
    return () -> tasks.remove(scheduled);
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
