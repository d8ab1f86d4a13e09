package io.tyer;

import java.time.Duration;
import java.util.concurrent.locks.ReadWriteLock;

/**
 * Many readers or one writer. Fair: readers and writers stand in one line, so a waiting writer
 * stops new readers. A mutex of the same name is the same lock as the write half.
 */
@CheckReturnValue
public interface DistributedReadWriteLock {

  /**
   * Who holds this lock, who waits for it, and since when; its line is empty if nobody does. Asks
   * the store.
   *
   * @throws StoreUnreachableException if the store cannot be reached
   * @throws OutcomeUnknownException if it does not answer in time
   * @throws StoreRefusedException if it refuses
   * @throws TyerClosedException if the client is closed
   */
  LockView view();

  /** The lock's name. */
  String name();

  /** The half that is shared among readers. */
  DistributedLock readLock();

  /** The half that is exclusive; its leases can be {@linkplain Lease#downgrade() downgraded}. */
  DistributedLock writeLock();

  /** As {@link Acquirable#labelled}, for both halves. */
  DistributedReadWriteLock labelled(String label);

  /** As {@link Acquirable#maxHold}, for both halves. */
  DistributedReadWriteLock maxHold(Duration maxHold);

  /** As {@link DistributedLock#biased}, for the write half. */
  DistributedReadWriteLock biased(boolean kept);

  /**
   * This lock as a {@link ReadWriteLock}: both halves as in {@link DistributedLock#asJavaLock()}. A
   * thread that holds the write lock may lock the read lock, and then unlock the write lock to
   * downgrade. A thread that holds only the read lock and asks for the write lock would wait for
   * itself: a try is {@code false} at once, and whoever would wait without a time-out is refused
   * with an {@link IllegalStateException}.
   */
  ReadWriteLock asJavaReadWriteLock();
}
