package io.tyer.engine;

import io.tyer.spi.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Counts the enters that the store has neither answered nor left unanswered for the operation
 * time-out: a client that closes lets them come in first, so that its session's end finds their
 * tickets (promise L3).
 */
final class EntersInFlight {

  private final ReentrantLock lock = new ReentrantLock();
  private int count;
  private final List<Runnable> whenNone = new ArrayList<>();

  void sent() {
    lock.lock();
    try {
      count++;
    } finally {
      lock.unlock();
    }
  }

  private void finished() {
    List<Runnable> due = List.of();
    lock.lock();
    try {
      count--;
      if (count == 0 && !whenNone.isEmpty()) {
        due = List.copyOf(whenNone);
        whenNone.clear();
      }
    } finally {
      lock.unlock();
    }
    due.forEach(Runnable::run);
  }

  /** Runs the action once none is in flight, perhaps at once. */
  void whenNone(Runnable action) {
    lock.lock();
    try {
      if (count > 0) {
        whenNone.add(action);
        return;
      }
    } finally {
      lock.unlock();
    }
    action.run();
  }

  /** The same outcome, counted as finished when it is first known. */
  <T> Call.Outcome<T> counting(Call.Outcome<T> outcome) {
    AtomicBoolean finished = new AtomicBoolean();
    return new Call.Outcome<>() {
      @Override
      public void answered(T value, Effects effects) {
        outcome.answered(value, effects);
        finish();
      }

      @Override
      public void failed(StoreException failure, Effects effects) {
        outcome.failed(failure, effects);
        finish();
      }

      private void finish() {
        if (finished.compareAndSet(false, true)) {
          finished();
        }
      }
    };
  }
}
