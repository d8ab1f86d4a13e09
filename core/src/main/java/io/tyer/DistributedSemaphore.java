package io.tyer;

import java.time.Duration;

/**
 * A number of permits. A lease takes one of them, or as many as {@link #taking} says, and gives all
 * of them back together. Strictly first come, first served: a big request that waits holds back
 * smaller ones behind it.
 *
 * <p>Every client should name the same number of permits; each ticket is granted by its own number,
 * and a mismatch is logged.
 */
@CheckReturnValue
public interface DistributedSemaphore extends Acquirable {

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

  /** How many permits there are in all. */
  int permits();

  /**
   * The same semaphore, taking this many permits with each lease.
   *
   * @param count from 1 to {@link #permits()}
   */
  DistributedSemaphore taking(int count);

  /** {@inheritDoc} */
  @Override
  DistributedSemaphore labelled(String label);

  /** {@inheritDoc} */
  @Override
  DistributedSemaphore maxHold(Duration maxHold);
}
