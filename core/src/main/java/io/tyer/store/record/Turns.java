package io.tyer.store.record;

import io.tyer.spi.StoreException;
import io.tyer.spi.StoreException.Kind;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets the threads of this process change a record one after the other, so that they do not fight
 * by compare-and-set. Nothing depends on it but speed.
 *
 * <p>Records share a bounded number of locks; those of kind SHARED have one of their own, since the
 * high-water mark is raised during the turn of a bucket: a bucket's turn is always taken first.
 */
final class Turns {

  private static final int STRIPES = 256;

  private final ReentrantLock shared = new ReentrantLock();
  private final ReentrantLock[] stripes = new ReentrantLock[STRIPES];

  Turns() {
    for (int i = 0; i < STRIPES; i++) {
      stripes[i] = new ReentrantLock();
    }
  }

  /**
   * Takes the lock of this record; ignores interrupts, and leaves the interrupt flag as it was.
   *
   * @return the lock, to be unlocked
   * @throws StoreException UNREACHABLE if other threads kept it busy until the deadline
   */
  ReentrantLock take(RecordKey key, Deadline deadline) throws StoreException {
    ReentrantLock turn = of(key);
    if (turn.tryLock() || takeUntil(turn, deadline)) {
      return turn;
    }
    throw new StoreException(
        Kind.UNREACHABLE,
        "too busy: other threads of this process kept record "
            + Records.nameOf(key)
            + " until the time for this request was over");
  }

  private ReentrantLock of(RecordKey key) {
    if (key.kind() == RecordKey.Kind.SHARED) {
      return shared;
    }
    int hash = key.id().hashCode();
    return stripes[(hash ^ (hash >>> 16)) & (STRIPES - 1)];
  }

  private static boolean takeUntil(ReentrantLock turn, Deadline deadline) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return turn.tryLock(Math.max(0, deadline.remainingNanos()), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
