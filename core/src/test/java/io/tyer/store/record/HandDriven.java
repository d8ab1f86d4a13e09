package io.tyer.store.record;

import io.tyer.spi.Cancellable;
import io.tyer.spi.Surroundings;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;

/** A machine of a test: its clocks show the world's time, each with an offset of its own. */
final class HandDriven implements Surroundings {

  private static final long WALL_MILLIS = 1_760_000_000_000L;

  private final World world;
  private final long nanoOffset;
  private final long wallOffsetMillis;
  private final Random random;
  private final ReentrantLock turn = new ReentrantLock();
  private final ConcurrentLinkedQueue<Runnable> io = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<Scheduled> timer = new ConcurrentLinkedQueue<>();

  HandDriven(World world, long nanoOffset, long wallOffsetMillis) {
    this.world = world;
    this.nanoOffset = nanoOffset;
    this.wallOffsetMillis = wallOffsetMillis;
    this.random = new Random(world.random.nextLong());
  }

  @Override
  public long nanoTime() {
    return world.nanos() + nanoOffset;
  }

  @Override
  public long wallMillis() {
    return WALL_MILLIS + world.nanos() / 1_000_000 + wallOffsetMillis;
  }

  /** Keeps tasks until {@link #runTimer}. */
  @Override
  public Cancellable schedule(long delayNanos, Runnable task) {
    Scheduled scheduled = new Scheduled(nanoTime() + delayNanos, task);
    timer.add(scheduled);
    return () -> timer.remove(scheduled);
  }

  private record Scheduled(long at, Runnable task) {}

  /** How many tasks wait for their time. */
  int scheduled() {
    return timer.size();
  }

  /** Runs what is due, and what it leads to. */
  void runTimer() {
    for (Scheduled scheduled : timer) {
      if (scheduled.at - nanoTime() <= 0 && timer.remove(scheduled)) {
        scheduled.task.run();
      }
    }
    runIo();
  }

  @Override
  public long nextLong() {
    turn.lock();
    try {
      return random.nextLong();
    } finally {
      turn.unlock();
    }
  }

  @Override
  public void nextSecret(byte[] target) {
    turn.lock();
    try {
      random.nextBytes(target);
    } finally {
      turn.unlock();
    }
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
    new Thread(task, purpose).start();
  }
}
