package io.tyer.store.remote;

import io.tyer.spi.Cancellable;
import io.tyer.spi.Surroundings;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Applies events one at a time, in the threads that bring them. Nothing may block meanwhile; what
 * is said to others is said when the lock is free.
 */
final class Serial {

  private final Surroundings surroundings;
  private final ReentrantLock lock = new ReentrantLock();

  /** Guarded by the lock. */
  private final Deque<Consumer<After>> nested = new ArrayDeque<>();

  Serial(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /**
   * Applies an event. One that comes up within another, in the same thread, follows it: gRPC may
   * call back before it returns.
   */
  void happen(Consumer<After> event) {
    After after = new After();
    lock.lock();
    try {
      if (lock.getHoldCount() > 1) {
        nested.add(event);
        return;
      }
      event.accept(after);
      for (Consumer<After> next = nested.poll(); next != null; next = nested.poll()) {
        next.accept(after);
      }
    } finally {
      lock.unlock();
    }
    after.run();
  }

  /** Applies an event after a delay. */
  Cancellable later(long nanos, Consumer<After> event) {
    return surroundings.schedule(nanos, () -> happen(event));
  }
}
