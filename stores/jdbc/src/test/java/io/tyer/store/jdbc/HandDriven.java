package io.tyer.store.jdbc;

import io.tyer.spi.Cancellable;
import io.tyer.spi.Surroundings;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;

/** Surroundings whose time is moved by hand, and whose tasks wait to be run. */
final class HandDriven implements Surroundings {

  private static final long WALL_MILLIS = 1_760_000_000_000L;

  /** The time, which several may share; nanoseconds. */
  static final class Time {
    private final AtomicLong nanos = new AtomicLong(1);

    void passSeconds(long seconds) {
      nanos.addAndGet(seconds * 1_000_000_000);
    }

    long nanos() {
      return nanos.get();
    }
  }

  private final Time time;
  private final Random random;
  private final ConcurrentLinkedQueue<Runnable> scheduled = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<Runnable> io = new ConcurrentLinkedQueue<>();

  HandDriven(Time time, long seed) {
    this.time = time;
    this.random = new Random(seed);
  }

  @Override
  public long nanoTime() {
    return time.nanos();
  }

  @Override
  public long wallMillis() {
    return WALL_MILLIS + time.nanos() / 1_000_000;
  }

  /** Keeps tasks until {@link #runScheduled}. */
  @Override
  public Cancellable schedule(long delayNanos, Runnable task) {
    scheduled.add(task);
    return () -> scheduled.remove(task);
  }

  /** Runs what waits for its time, as if that had come, and what it leads to. */
  void runScheduled() {
    for (Runnable task = scheduled.poll(); task != null; task = scheduled.poll()) {
      task.run();
    }
    runIo();
  }

  @Override
  public long nextLong() {
    return random.nextLong();
  }

  @Override
  public void nextSecret(byte[] target) {
    random.nextBytes(target);
  }

  /** Keeps tasks until {@link #runIo}. */
  @Override
  public Executor io() {
    return io::add;
  }

  void runIo() {
    for (Runnable task = io.poll(); task != null; task = io.poll()) {
      task.run();
    }
  }

  @Override
  public Executor callbacks() {
    return Runnable::run;
  }

  @Override
  public void startThread(String purpose, Runnable task) {
    Thread thread = new Thread(task, purpose);
    thread.setDaemon(true);
    thread.start();
  }
}
