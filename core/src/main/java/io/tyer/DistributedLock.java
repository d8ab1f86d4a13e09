package io.tyer;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Lock;

/**
 * A mutex, or one half of a {@link DistributedReadWriteLock}. Not reentrant: who holds a lease and
 * acquires again waits for itself, and is warned of it in the log. {@link #asJavaLock()} is
 * reentrant.
 */
@CheckReturnValue
public interface DistributedLock extends Acquirable {

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

  /** {@inheritDoc} */
  @Override
  DistributedLock labelled(String label);

  /** {@inheritDoc} */
  @Override
  DistributedLock maxHold(Duration maxHold);

  /**
   * This lock under bias, or without it, whatever the client's option {@code bias} says. Under bias
   * the ticket of an exclusive lease is kept after the last local release, so that this client
   * acquires it again without asking the store, until another client wants it: that one is granted
   * it a recall later. Worth it where one process keeps using a lock that others want seldom. A
   * ticket that lies unused for {@code bias-idle} is given back, and where others keep coming bias
   * withdraws for a while by itself. Each lease has a token of its own, as always; the label that
   * others see is the one its ticket was taken with. Where the store cannot tell clients of each
   * other (see its page), under {@linkplain Order#STRICT strict order}, and for more than 1,000
   * locks of a client at a time, it is without effect.
   *
   * <p>Without effect on the read half of a read-write lock: a kept read ticket would let every
   * writer wait for the recall of every reader.
   */
  DistributedLock biased(boolean kept);

  /**
   * Takes the lock's ticket ahead, under {@linkplain #biased bias}, so that the first acquire asks
   * nobody either: a program that knows at its start what it will lock pays then. It is a {@link
   * #tryAcquire()} whose lease is closed at once, and like it never barges; what another client
   * merely keeps is recalled. The ticket lies here as every kept one does: until another client
   * wants it, or {@code bias-idle} passes without use. What this client keeps already is reserved
   * without asking the store, and so is the answer where nothing can be kept.
   *
   * @return whether it is reserved; where bias cannot be had that is an answer, {@link
   *     Reservation#NOT_KEPT}, and no error
   * @throws InterruptedException if interrupted before, or while the store answers; nothing is left
   * @throws RuntimeException as {@link #tryAcquire()}
   * @see Tyer#reserve
   */
  @CanIgnoreReturnValue
  Reservation reserve() throws InterruptedException;

  /** {@link #reserve()} without blocking; cancelling it withdraws. */
  @CanIgnoreReturnValue
  CompletableFuture<Reservation> reserveAsync();

  /**
   * This lock as a {@link Lock}: reentrant and owned by the thread that locked it, whichever view
   * object it uses.
   *
   * <ul>
   *   <li>{@code lock()} waits uninterruptibly, {@code lockInterruptibly()} interruptibly; both
   *       throw {@link WaitTimeoutException} when {@link TyerOption#WAIT} is set and over. {@code
   *       tryLock()} makes one trip to the store and leaves the interrupt flag as it is.
   *   <li>{@code unlock()} throws {@link IllegalMonitorStateException} unless this thread holds it;
   *       after a loss it throws {@link LeaseLostException} at the outermost unlock, having let go.
   *   <li>A thread that locks more than 65,535 times without unlocking gets an {@link Error}, as of
   *       the JDK's read-write lock.
   *   <li>{@code toString()} says the name, and which thread of this client holds it.
   *   <li>{@code newCondition()} throws {@link UnsupportedOperationException}.
   *   <li>{@link JavaLock#lease()} gives the lease this thread holds.
   * </ul>
   */
  JavaLock asJavaLock();
}
