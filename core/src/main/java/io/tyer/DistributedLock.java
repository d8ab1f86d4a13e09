package io.tyer;

import com.google.errorprone.annotations.CheckReturnValue;
import java.time.Duration;
import java.util.concurrent.locks.Lock;

/**
 * A mutex, or one half of a {@link DistributedReadWriteLock}. Not reentrant: who holds a lease and
 * acquires again waits for itself, and is warned of it in the log. {@link #asJavaLock()} is
 * reentrant.
 */
@CheckReturnValue
public interface DistributedLock extends Acquirable {

  /** {@inheritDoc} */
  @Override
  DistributedLock labelled(String label);

  /** {@inheritDoc} */
  @Override
  DistributedLock maxHold(Duration maxHold);

  /**
   * This lock as a {@link Lock}: reentrant and owned by the thread that locked it, whichever view
   * object it uses.
   *
   * <ul>
   *   <li>{@code lock()} waits uninterruptibly, {@code lockInterruptibly()} interruptibly; {@code
   *       tryLock()} makes one trip to the store and leaves the interrupt flag as it is.
   *   <li>{@code unlock()} throws {@link IllegalMonitorStateException} unless this thread holds it;
   *       after a loss it throws {@link LeaseLostException} at the outermost unlock, having let go.
   *   <li>{@code newCondition()} throws {@link UnsupportedOperationException}.
   *   <li>{@link JavaLock#lease()} gives the lease this thread holds.
   * </ul>
   */
  JavaLock asJavaLock();
}
