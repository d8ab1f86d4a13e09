package io.tyer.engine;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the enters that a shard has neither answered nor left unanswered for the operation
 * time-out: a client that closes lets them come in first, so that its session's end finds their
 * tickets (promise L3).
 */
final class EntersInFlight {

  private final AtomicInteger count = new AtomicInteger();
  private final Queue<Runnable> whenNone = new ConcurrentLinkedQueue<>();

  /** One more is decided upon. */
  void sent() {
    count.incrementAndGet();
  }

  /** One is known, or has been waited for long enough: at its first outcome. */
  void finished(AtomicBoolean before) {
    if (before.compareAndSet(false, true) && count.decrementAndGet() == 0) {
      runDue();
    }
  }

  /** Runs the action once none is in flight, perhaps at once. */
  void whenNone(Runnable action) {
    // Before the count is looked at: whoever brings it to zero after that finds the action.
    whenNone.add(action);
    if (count.get() == 0) {
      runDue();
    }
  }

  private void runDue() {
    for (Runnable due = whenNone.poll(); due != null; due = whenNone.poll()) {
      due.run();
    }
  }
}
