package io.tyer.surroundings;

import io.tyer.spi.Cancellable;
import java.util.Comparator;
import java.util.TreeSet;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks when their time has come, one at a time, on one thread that is made when first needed.
 *
 * <p>Nearly every task is a time-out that is cancelled within a millisecond. The thread is woken
 * only for a task that is due before the time it sleeps until, cancelled or not; a {@link
 * java.util.concurrent.ScheduledThreadPoolExecutor} wakes its thread for each task that is the
 * first of those left, which here means with nearly every request.
 */
final class Timer implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Timer.class);

  /** So that any two times can be compared by their difference. */
  private static final long LONGEST_NANOS = Long.MAX_VALUE / 4;

  /**
   * What it does at a moment.
   *
   * @param waiting how many tasks wait for their time
   * @param wakeUps how often the thread has woken, for whatever reason
   * @param sleeping whether the thread sleeps
   */
  record State(int waiting, long wakeUps, boolean sleeping) {}

  private record Task(long at, long order, Runnable action) {

    static final Comparator<Task> FIRST_DUE =
        (one, other) ->
            one.at == other.at
                ? Long.compare(one.order, other.order)
                : Long.signum(one.at - other.at);
  }

  private final LongSupplier clock;
  private final ThreadFactory threads;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition earlier = lock.newCondition();

  // Guarded by the lock.
  private final TreeSet<Task> tasks = new TreeSet<>(Task.FIRST_DUE);
  private long scheduled;
  private @Nullable Thread thread;
  private boolean sleeping;
  private long sleepsUntil;
  private long wakeUps;
  private boolean closed;

  /**
   * A timer without tasks.
   *
   * @param clock monotonic, in nanoseconds
   */
  Timer(LongSupplier clock, ThreadFactory threads) {
    this.clock = clock;
    this.threads = threads;
    this.sleepsUntil = clock.getAsLong();
  }

  /** Runs the task after the delay, unless it is cancelled or the timer closed before. */
  Cancellable schedule(long delayNanos, Runnable action) {
    long at = clock.getAsLong() + Math.min(Math.max(delayNanos, 0), LONGEST_NANOS);
    Thread started = null;
    Task task;
    lock.lock();
    try {
      if (closed) {
        return () -> {};
      }
      task = new Task(at, scheduled++, action);
      tasks.add(task);
      if (thread == null) {
        started = threads.newThread(this::run);
        thread = started;
      } else if (sleeping && at - sleepsUntil < 0) {
        sleepsUntil = at;
        earlier.signal();
      }
    } finally {
      lock.unlock();
    }
    if (started != null) {
      started.start();
    }
    return () -> cancel(task);
  }

  private void cancel(Task task) {
    lock.lock();
    try {
      tasks.remove(task);
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    for (Task due = awaitDue(); due != null; due = awaitDue()) {
      try {
        due.action.run();
      } catch (RuntimeException | Error e) {
        log.error("a timer's task failed", e);
      }
    }
  }

  /** The next task, once it is due; null when the timer has been closed. */
  private @Nullable Task awaitDue() {
    lock.lock();
    try {
      while (!closed) {
        long now = clock.getAsLong();
        long next = tasks.isEmpty() ? now + LONGEST_NANOS : tasks.first().at;
        if (next - now <= 0) {
          return tasks.pollFirst();
        }
        // Not later than was meant, though what it was for is cancelled: the like will come.
        boolean meant = sleepsUntil - now > 0 && sleepsUntil - next < 0;
        sleepsUntil = meant ? sleepsUntil : next;
        sleeping = true;
        try {
          boolean unused = earlier.await(sleepsUntil - now, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
          log.debug("nobody should interrupt the timer's thread", e);
        }
        sleeping = false;
        wakeUps++;
      }
      return null;
    } finally {
      lock.unlock();
    }
  }

  /** For tests. */
  State state() {
    lock.lock();
    try {
      return new State(tasks.size(), wakeUps, sleeping);
    } finally {
      lock.unlock();
    }
  }

  /** Ends the thread; a task that runs finishes, others never run. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      tasks.clear();
      earlier.signal();
    } finally {
      lock.unlock();
    }
  }
}
