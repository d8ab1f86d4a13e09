package io.tyer;

import java.time.Duration;
import java.util.List;

/**
 * Several locks as one: mutexes, halves of read-write locks and semaphores, held together by one
 * lease.
 *
 * <p>They are taken one after the other in the order of their names' UTF-8 bytes, whatever the
 * order given, and none is waited for while one with a smaller name is not held: programs that take
 * all they need in this way never wait for each other in a circle. A lock that is given twice is
 * taken once, in the stronger mode: exclusive before permits (the larger number of them, out of the
 * smaller one) before read. One time-out is over all. If one is lost while the others are waited
 * for, all are given back and taken anew.
 *
 * <p>The lease has a {@linkplain Lease#tokenOf token for each name}, is valid as long as all of its
 * parts are, tells the loss of the first one, once, and gives back in the reverse order. It cannot
 * be {@linkplain Lease#downgrade() downgraded}. With {@code tryAcquire()}, all must be free at
 * once.
 */
@CheckReturnValue
public interface AllLocks extends Acquirable {

  /** Their names, in the order in which they are taken; {@link #name()} has all of them in one. */
  List<String> names();

  /** {@inheritDoc} */
  @Override
  AllLocks labelled(String label);

  /** {@inheritDoc} */
  @Override
  AllLocks maxHold(Duration maxHold);

  /**
   * All of them as one lock of the JDK, as {@link DistributedLock#asJavaLock()}: a thread's holds
   * are the same as those of the single views.
   *
   * @throws UnsupportedOperationException if one of them is a semaphore, which has no such view
   */
  JavaLock asJavaLock();
}
