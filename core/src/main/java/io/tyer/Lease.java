package io.tyer;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * What a user holds while a lock is granted. Belongs to whoever has the object, not to a thread: it
 * may be used and closed by any thread.
 *
 * <p>A lease is <em>valid</em> until it is closed or lost. It is lost when it can no longer be
 * proved that the store keeps its ticket; loss is final, and it is told before the store can grant
 * the lock to anybody else, if this process runs at all (promises S1 and S5). A process that was
 * stopped and wakes up late is protected by the {@linkplain #token() fencing token}, where it is
 * checked.
 *
 * <pre>{@code
 * try (Lease lease = lock.acquire()) {
 *   work(lease.token());
 *   lease.checkValid();
 *   commit();
 * }
 * }</pre>
 */
@CheckReturnValue
public interface Lease extends AutoCloseable {

  /** The lock's name. */
  String name();

  /**
   * The fencing token: larger than that of every exclusive lease of this name granted before
   * (promise S2). The same at each call. At most 2<sup>63</sup>−1; keep and compare it as an
   * integer or decimal string, never as a double.
   *
   * @throws IllegalStateException if it is asked for the first time after the lease was closed
   * @throws UnsupportedOperationException if this is a lease of {@linkplain Tyer#all several} locks
   * @throws LeaseLostException if it is asked for the first time after the lease was lost
   * @throws OutcomeUnknownException if it is asked for the first time while the lease is unproved
   *     after a suspension; asking again will tell
   */
  long token();

  /**
   * The fencing token of the lock with this name: the one there is to have of a lease of
   * {@linkplain Tyer#all several}, which has no {@link #token()} of its own.
   *
   * @throws IllegalArgumentException if this is no lease of that lock
   * @throws RuntimeException as {@link #token()}
   */
  default long tokenOf(String name) {
    if (!name.equals(name())) {
      throw new IllegalArgumentException("this is a lease of " + name() + ", not of " + name);
    }
    return token();
  }

  /**
   * Whether the lease is proved to hold at this moment, computed from the clock, without I/O. False
   * once closed or lost, and then for ever. False also after the machine was suspended, until the
   * next beat is acknowledged and shows that nothing was lost, or that it was.
   */
  boolean isValid();

  /**
   * Throws unless {@link #isValid()}. Call it at the end of a unit of work, before its effects
   * become visible. No I/O.
   *
   * @throws LeaseLostException if the lease is lost
   * @throws OutcomeUnknownException if it is unproved after a suspension and asking again will tell
   * @throws IllegalStateException if it was closed
   */
  void checkValid();

  /** How long it will stay valid if no further beat is acknowledged; zero unless valid. No I/O. */
  Duration remaining();

  /**
   * Puts off the end that {@link Acquirable#maxHold} has set: the lease is lost with {@link
   * LossCause#MAX_HOLD} when this time has passed, counted from now, and not before. For who finds
   * the work to take longer than was thought, and for who wants a lease to last only as long as it
   * is asked for again and again. As often as wanted. No I/O.
   *
   * <p>It never shortens: without effect if the lease would be held for longer anyway, as one that
   * has no maximum always is. If this throws, nothing has changed. A lease of {@linkplain Tyer#all
   * several} locks does so for each of them, and one that a {@linkplain JavaLock#lease() view} is
   * held by for that view, however often it is locked.
   *
   * @param maxHold more than zero
   * @throws IllegalArgumentException if it is not
   * @throws LeaseLostException if the lease is lost, also if its end has just been decided and is
   *     not told yet
   * @throws IllegalStateException if it was closed
   * @throws OutcomeUnknownException if it is unproved after a suspension and asking again will tell
   */
  void extend(Duration maxHold);

  /**
   * Has the listener called once when the lease is lost: on a thread of its own, before anybody
   * else can be granted the lock. Called at once if the lease is lost already; not called for what
   * happens after it was closed. Any number of listeners may be added; each gets its own thread.
   *
   * @return this
   */
  @CanIgnoreReturnValue
  Lease onLost(Consumer<LossCause> listener);

  /**
   * Has the lease end with something else: when the future completes, in whatever way, the lease is
   * lost with {@link LossCause#MOVED_ON}, and given back after the safety margin, as when its
   * longest hold is over. What the future has failed with is logged. A lease may be bound to
   * several; the first to complete ends it.
   *
   * <p>When the lease is closed, or lost for another reason, the future is cancelled on the
   * callback executor, so that whoever watches can stop; at once, if that was before. Give it a
   * future that is nobody else's.
   *
   * <pre>{@code
   * lease.boundTo(plan.whenMovedOn(version));   // of a Versioned value, in tyer-fence
   * }</pre>
   *
   * @return this
   */
  @CanIgnoreReturnValue
  Lease boundTo(CompletableFuture<?> end);

  /**
   * Turns an exclusive lease (of a write lock or mutex) into one of the read lock, in place and
   * atomically: nobody can write in between, other readers may come in. The lease, its token and
   * its listeners stay. Waits for the store, for the operation time-out at most; not interruptible.
   * Without effect if done before.
   *
   * @throws UnsupportedOperationException if this is a lease of a read lock or semaphore
   * @throws LeaseLostException if the lease is lost
   * @throws IllegalStateException if it was closed
   * @throws OutcomeUnknownException if the store did not answer: the lease is held in one of both
   *     ways; call again
   * @throws StoreUnreachableException if the store cannot be reached: the lease is still exclusive
   * @throws StoreRefusedException if the store refused: the lease is still exclusive
   */
  void downgrade();

  /**
   * Gives the lock back and waits until the store knows, for the operation time-out at most. Never
   * throws because of a loss or an unreachable store: that is logged and finished in the
   * background. Idempotent; not interruptible (the flag stays set).
   */
  @Override
  void close();

  /**
   * Gives the lock back without waiting. The lease is not valid any more when this returns. The
   * future completes when the store knows or the session is over; never exceptionally, and
   * cancelling it has no effect.
   */
  @CanIgnoreReturnValue
  CompletableFuture<Void> closeAsync();
}
