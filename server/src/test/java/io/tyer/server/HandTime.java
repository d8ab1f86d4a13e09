package io.tyer.server;

import io.tyer.spi.Cancellable;
import io.tyer.spi.Surroundings;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** Surroundings whose time is moved by hand, for any thread. */
public final class HandTime implements Surroundings {

  private record Task(long at, Runnable body) {}

  private final SecureRandom random = new SecureRandom();
  private final ReentrantLock lock = new ReentrantLock();
  private final List<Task> tasks = new ArrayList<>();
  private long nanos = -42;
  private volatile long wallMillis = 1_750_000_000_000L;

  /** The wall clock is set. */
  public void setWall(long millis) {
    wallMillis = millis;
  }

  public void pass(long millis) {
    pass(millis, TimeUnit.MILLISECONDS);
  }

  /** Also runs what is due by then, in its order, each at its time, in the caller's thread. */
  public void pass(long time, TimeUnit unit) {
    long until = nanoTime() + unit.toNanos(time);
    while (true) {
      Task due;
      lock.lock();
      try {
        due =
            tasks.stream()
                .filter(task -> task.at() - until <= 0)
                .min(Comparator.comparingLong(Task::at))
                .orElse(null);
        if (due == null) {
          nanos = until;
          return;
        }
        tasks.remove(due);
        nanos = Math.max(nanos, due.at());
      } finally {
        lock.unlock();
      }
      due.body().run();
    }
  }

  @Override
  public long nanoTime() {
    lock.lock();
    try {
      return nanos;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public long wallMillis() {
    return wallMillis;
  }

  @Override
  public Cancellable schedule(long delayNanos, Runnable task) {
    lock.lock();
    try {
      Task scheduled = new Task(nanos + delayNanos, task);
      tasks.add(scheduled);
      return () -> cancel(scheduled);
    } finally {
      lock.unlock();
    }
  }

  /** That wait for their time. */
  public int tasks() {
    lock.lock();
    try {
      return tasks.size();
    } finally {
      lock.unlock();
    }
  }

  private void cancel(Task scheduled) {
    lock.lock();
    try {
      tasks.remove(scheduled);
    } finally {
      lock.unlock();
    }
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
    throw new UnsupportedOperationException();
  }
}
