package io.tyer;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Something that can be acquired and is then held as a {@link Lease}.
 *
 * <p><b>Waiting.</b> Whoever waits stands in line and is granted in turn (promise S4), clients or
 * callers as {@link Order} says. Every wait ends by grant, time-out, interrupt or close, and leaves
 * no ticket behind (promise L2). When the session is lost while waiting, the wait goes on under a
 * new session, at the end of the line. Without a time-out of its own a wait is unbounded, unless
 * the client's {@link TyerOption#WAIT} bounds it, which never shortens a time-out that is given. A
 * wait whose time is over asks the store once more how its ticket stands: if that is granted by
 * then, the lease is returned. It waits for the answer for at most 200 ms; whoever stands behind
 * another caller of its client does not ask.
 *
 * <p><b>Tries.</b> A try never barges: it fails while anybody waits in its way, and asks the store
 * also where its client reads already. Without asking it takes only what its client keeps under
 * {@linkplain DistributedLock#biased bias} and has not been told that another one wants.
 * <em>Busy</em> is an empty {@link OptionalLease}.
 *
 * <p><b>Every method that acquires throws</b> {@link TyerClosedException} when the {@link Tyer} is
 * or gets closed; {@link StoreUnreachableException} when the store cannot be reached for the
 * operation time-out, or could not when the time-out ended; {@link OutcomeUnknownException} when it
 * was asked and did not answer; {@link StoreRefusedException} when it refused. A blocking call that
 * waits throws {@link DeadlockException} as {@link Deadlocks} says. In all these cases the caller
 * does not hold the lock and nothing stays behind.
 *
 * <p><b>Interrupts.</b> Where a store's client blocks the thread that asks (as file systems do), an
 * interrupt is noticed when the request under way has returned; if that one decided the matter,
 * what it decided stands: the lease is returned, or the failure thrown, with the interrupt flag
 * set.
 *
 * <p><b>Futures</b> complete on the client's callback executor, exceptionally with the exceptions
 * above. Cancelling one withdraws its ticket; a grant that has already been made when it is
 * cancelled is given back. Stages of them pass a cancel, or a time-out, on: whoever cancels {@code
 * acquireAsync().thenAccept(work)} before the work has begun cancels the acquire, and a lease that
 * nobody has taken out of the future is given back. A function that has begun has the lease, and
 * closes it.
 */
@CheckReturnValue
public interface Acquirable {

  /** The lock's name. */
  String name();

  /**
   * Waits until granted, however long that takes, or as long as {@link TyerOption#WAIT} says.
   *
   * @throws InterruptedException if interrupted before or while waiting; nothing is held then
   * @throws WaitTimeoutException if {@link TyerOption#WAIT} is set and over
   */
  Lease acquire() throws InterruptedException;

  /**
   * Like {@link #acquire()}, but goes on waiting when interrupted; the flag is set on return.
   *
   * @throws WaitTimeoutException if {@link TyerOption#WAIT} is set and over
   */
  Lease acquireUninterruptibly();

  /**
   * Acquires only if granted at once: one trip to the store, no waiting in line. Where another
   * client holds the lock under {@linkplain DistributedLock#biased bias} and may merely keep it,
   * the try stands in line behind it for at most 50 ms, which asks for it.
   *
   * @return empty if busy
   * @throws InterruptedException if interrupted before, or while the store answers; nothing is held
   */
  OptionalLease tryAcquire() throws InterruptedException;

  /**
   * Waits in line for at most that long, measured from this call, and then for the answer to the
   * last look (above). Zero or less is {@link #tryAcquire()}.
   *
   * @return empty if not granted in time
   * @throws InterruptedException if interrupted before or while waiting; nothing is held then
   */
  OptionalLease tryAcquire(Duration wait) throws InterruptedException;

  /**
   * Like {@link #tryAcquire()}, but not ended by an interrupt; the flag stays set.
   *
   * @return empty if busy
   */
  OptionalLease tryAcquireUninterruptibly();

  /**
   * Like {@link #tryAcquire(Duration)}, but goes on waiting when interrupted; the flag is set on
   * return.
   *
   * @return empty if not granted in time
   */
  OptionalLease tryAcquireUninterruptibly(Duration wait);

  /**
   * Tries as often as {@code retry} says, without waiting in line between the tries.
   *
   * @return empty if busy at every try
   * @throws InterruptedException if interrupted before, while or between trying; nothing is held
   */
  OptionalLease tryAcquire(Retry retry) throws InterruptedException;

  /**
   * {@linkplain #acquire() Acquires}, does the task and gives the lock back, whatever the task
   * does. Looks at the end whether the lease has held that long.
   *
   * @return what the task returned
   * @throws InterruptedException if interrupted before or while waiting; the task was not begun
   * @throws WaitTimeoutException if {@link TyerOption#WAIT} is set and over; it was not begun
   * @throws E as the task does
   * @throws LeaseLostException if the lease was lost before the task returned
   * @throws OutcomeUnknownException if the lease was unproved when the task returned
   */
  @CanIgnoreReturnValue
  default <T, E extends Exception> T withLease(LeaseTask<T, E> task)
      throws E, InterruptedException {
    try (Lease lease = acquire()) {
      T result = task.run(lease);
      lease.checkValid();
      return result;
    }
  }

  /**
   * {@link #acquire()} without blocking; completes with {@link WaitTimeoutException} if {@link
   * TyerOption#WAIT} is set and over.
   */
  CompletableFuture<Lease> acquireAsync();

  /**
   * {@link #withLease} without blocking: acquires, calls the function on the callback executor, and
   * gives the lease back when the stage that it returns has completed. Completes after that, as the
   * stage did; with {@link LeaseLostException} if the lease was lost before. Cancelling it leaves
   * the line, or cancels the stage.
   */
  <T> CompletableFuture<T> withLeaseAsync(
      Function<? super Lease, ? extends CompletionStage<T>> work);

  /** {@link #tryAcquire()} without blocking. */
  CompletableFuture<OptionalLease> tryAcquireAsync();

  /** {@link #tryAcquire(Duration)} without blocking. */
  CompletableFuture<OptionalLease> tryAcquireAsync(Duration wait);

  /** {@link #tryAcquire(Retry)} without blocking. */
  CompletableFuture<OptionalLease> tryAcquireAsync(Retry retry);

  /**
   * The same lock, acquired with a label that others see beside it in listings, instead of the
   * client's.
   *
   * @param label at most 256 characters; control characters are shown as blanks
   */
  Acquirable labelled(String label);

  /**
   * The same lock, but no lease of it lasts longer than this: it is then lost with {@link
   * LossCause#MAX_HOLD}, and given back after the safety margin. {@link Lease#extend} puts that
   * off.
   *
   * @param maxHold more than zero
   */
  Acquirable maxHold(Duration maxHold);
}
