package io.tyer.surroundings;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Threads for users' code, which may block as it likes: nothing waits behind it for longer than
 * moments. But as long as it does not, one thread after the other is not woken for each task: one
 * that is awake takes what comes, in order. A thread that hands over a hundred answers at once, as
 * those of stores do, would spend more time on waking others than on the answers.
 */
final class CallbackThreads implements Executor, AutoCloseable {

  /** For how long a task may wait behind another one before a thread is called for it. */
  static final long MOMENT_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** Has something done after a delay, by a thread that must not be blocked. */
  @FunctionalInterface
  interface Delayer {
    Object after(long nanos, Runnable task);
  }

  private final ThreadFactory threads;
  private final Delayer delayer;

  /** As many as work at once where nothing blocks. */
  private final int processors;

  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final AtomicLong taken = new AtomicLong();
  private final AtomicBoolean watching = new AtomicBoolean();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition called = lock.newCondition();

  // Changed under the lock only.
  private final AtomicInteger awake = new AtomicInteger();
  private volatile boolean closed;

  // Guarded by the lock.
  private int idle;
  private int calls;

  /** Awake, but not at work yet. */
  private int coming;

  /** Threads are made when first needed. */
  CallbackThreads(ThreadFactory threads, Delayer delayer, int processors) {
    this.threads = threads;
    this.delayer = delayer;
    this.processors = processors;
  }

  /** For tests: how many threads there are. */
  int count() {
    lock.lock();
    try {
      return awake.get() + idle - calls;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
    if ((awake.get() > 0 && !closed) || !call(0)) {
      watch();
    }
  }

  /**
   * Wakes or makes a thread if there are tasks, no more than so many are awake, and none is on its
   * way.
   *
   * @return false if none was called
   */
  private boolean call(int most) {
    boolean made = false;
    lock.lock();
    try {
      if (tasks.isEmpty() || (!closed && (awake.get() > most || coming > 0))) {
        return false;
      }
      awake.incrementAndGet();
      coming++;
      if (idle > calls) {
        calls++;
        called.signal();
      } else {
        made = true;
      }
    } finally {
      lock.unlock();
    }
    if (made) {
      boolean started = false;
      try {
        threads.newThread(this::work).start();
        started = true;
      } finally {
        if (!started) {
          came();
          sleeps();
        }
      }
    }
    return true;
  }

  private void sleeps() {
    lock.lock();
    try {
      awake.decrementAndGet();
    } finally {
      lock.unlock();
    }
  }

  private void came() {
    lock.lock();
    try {
      coming--;
    } finally {
      lock.unlock();
    }
  }

  // ---- the watch over tasks that wait

  private void watch() {
    if (!watching.get() && watching.compareAndSet(false, true)) {
      long before = taken.get();
      Object unused = delayer.after(MOMENT_NANOS, () -> look(before));
    }
  }

  private void look(long takenBefore) {
    watching.set(false);
    if (!tasks.isEmpty()) {
      // Where none was taken all are blocked, however many there are.
      boolean unused = call(taken.get() == takenBefore ? Integer.MAX_VALUE : processors - 1);
      watch();
    }
  }

  // ---- a thread

  private void work() {
    came();
    try {
      do {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
          taken.incrementAndGet();
          // What is left of an interrupt is not for this one.
          boolean unused = Thread.interrupted();
          task.run();
        }
      } while (isCalledAgain());
    } catch (RuntimeException | Error e) {
      // As with any thread: its handler is told, and another one goes on.
      sleeps();
      boolean unused = call(0);
      throw e;
    }
  }

  /** Waits for a call; false if this thread is to end. */
  private boolean isCalledAgain() {
    lock.lock();
    try {
      awake.decrementAndGet();
      // Whoever adds a task looks for threads that are awake afterwards.
      if (!tasks.isEmpty()) {
        awake.incrementAndGet();
        return true;
      }
      idle++;
      long left = IDLE_NANOS;
      while (calls == 0 && left > 0 && !closed) {
        left = called.awaitNanos(left);
      }
      idle--;
      if (calls > 0) {
        calls--;
        coming--;
        return true;
      }
      return false;
    } catch (InterruptedException e) {
      // Nobody is meant to: one that is called at this moment is replaced by another.
      idle--;
      if (calls > idle) {
        calls--;
        coming--;
        return true;
      }
      return false;
    } finally {
      lock.unlock();
    }
  }

  /** Lets idle threads go; what comes later still gets one. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      called.signalAll();
    } finally {
      lock.unlock();
    }
    // Nobody looks after them any more.
    for (int left = tasks.size(); left > 0; left--) {
      boolean unused = call(Integer.MAX_VALUE);
    }
  }
}
