package io.tyer;

import io.tyer.engine.Engine;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * A client of a store of locks. One per process and store is enough; it keeps one session alive by
 * one beat, however many locks are held. Where a store consists of shards that fail independently,
 * as a Redis cluster does, there is one session per shard in use: a dead shard costs only its own
 * locks.
 *
 * <pre>{@code
 * try (Tyer tyer = Tyer.open("file:/var/lib/tyer")) {
 *   try (Lease lease = tyer.lock("nightly-report").acquire()) {
 *     report(lease.token());
 *   }
 * }
 * }</pre>
 *
 * <p>Its threads are daemons whose names begin with {@code tyer-}. There is no shutdown hook unless
 * one is asked for: it would free locks under threads that still work.
 */
@CheckReturnValue
public final class Tyer implements AutoCloseable {

  private final Engine engine;
  private volatile @Nullable Thread exitHook;

  Tyer(Engine engine) {
    this.engine = engine;
  }

  /**
   * Opens a client on the store with this address, such as {@code memory:name} or {@code
   * file:/var/lib/tyer?ttl=5s}. Reaches for the store at once (where it consists of shards, for any
   * one of them) unless {@code lazy=true}.
   *
   * @throws IllegalArgumentException if the address or an option is wrong; says what would be right
   * @throws StoreUnreachableException if the store cannot be reached
   * @throws OutcomeUnknownException if it does not answer in time
   * @throws StoreRefusedException if the store refuses this client
   */
  public static Tyer open(String uri) {
    return builder(uri).open();
  }

  /** Like {@link #open(String)}, with options, listeners and executors. */
  public static TyerBuilder builder(String uri) {
    return new TyerBuilder(uri);
  }

  /**
   * The mutex of this name. No I/O. Locks of the same name are the same lock, of whatever kind.
   *
   * @param name 1 to 512 bytes of UTF-8 text
   * @throws IllegalArgumentException if the name is not one
   */
  public DistributedLock lock(String name) {
    return engine.locks().mutex(name);
  }

  /** The read-write lock of this name. No I/O; names as in {@link #lock}. */
  public DistributedReadWriteLock readWriteLock(String name) {
    return engine.locks().readWrite(name);
  }

  /**
   * The semaphore of this name. No I/O; names as in {@link #lock}.
   *
   * @param permits how many permits there are in all, from 1 to 1,000,000
   */
  public DistributedSemaphore semaphore(String name, int permits) {
    return engine.locks().semaphore(name, permits);
  }

  /** The election of this name: who leads holds the {@linkplain #lock mutex} of it. No I/O. */
  public Election election(String name) {
    return new Election(lock(name));
  }

  /**
   * Several locks of this client as one: mutexes, halves of read-write locks and semaphores. No
   * I/O.
   *
   * <pre>{@code
   * try (Lease both = tyer.all(tyer.lock("account/7"), tyer.lock("account/3")).acquire()) {
   *   transfer(both.tokenOf("account/7"), both.tokenOf("account/3"));
   * }
   * }</pre>
   *
   * @throws IllegalArgumentException if there is none, or one of another client
   */
  public AllLocks all(Acquirable... locks) {
    return engine.locks().all(List.of(locks));
  }

  /**
   * Waits for the mutex of this name, calls, and gives it back: {@link Acquirable#withLease} for
   * who needs no lease to look at.
   *
   * @return what the call returned
   * @throws InterruptedException if interrupted before or while waiting; nothing was called
   * @throws LeaseLostException if the lease was lost before the call returned
   * @throws Exception as the call does, and as {@link Acquirable#acquire()}
   */
  @CanIgnoreReturnValue
  public <T> T withLock(String name, Callable<T> work) throws Exception {
    return lock(name).withLease(lease -> work.call());
  }

  /**
   * {@linkplain DistributedLock#reserve() Reserves} the mutexes of these names, all at once, by one
   * request each. Needs the option {@code bias}; {@code lock(name).biased(true).reserve()} does so
   * without. A client keeps 1,000 tickets at most.
   *
   * @return by name, in the order given, what became of it
   * @throws IllegalArgumentException if one is no name; then nothing was asked for
   * @throws InterruptedException if interrupted while the store answers; what has been reserved by
   *     then stays so
   * @throws RuntimeException as {@link DistributedLock#reserve()}, of the first name that failed;
   *     what has been reserved stays so
   */
  @CanIgnoreReturnValue
  public Map<String, Reservation> reserve(Collection<String> names) throws InterruptedException {
    return engine.locks().reserve(names);
  }

  /** The store's address, without passwords. */
  public String store() {
    return engine.description();
  }

  /** What operators do: see all locks, take one by force, name who bears the session. No I/O. */
  public Operator operator() {
    return engine.operator();
  }

  /** Closes this client when the JVM shuts down, for as long as it is open. */
  void closeOnExit() {
    Thread hook = new Thread(null, engine::close, "tyer-exit", 0, false);
    Runtime.getRuntime().addShutdownHook(hook);
    exitHook = hook;
  }

  private void forgetExitHook() {
    Thread hook = exitHook;
    if (hook != null) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // The JVM is shutting down, and this may be the hook itself.
      }
    }
  }

  /**
   * Tells all holders ({@link LossCause#CLOSED}), gives back what they hold, fails all waiters at
   * once with {@link TyerClosedException}, and waits for the store to know it all: for the
   * operation time-out at most, and as long again if an acquire was still unanswered, since its
   * ticket could otherwise stay behind. Never throws because of an unreachable store: the session
   * then dies of missing beats. Idempotent; not interruptible (the flag stays set).
   */
  @Override
  public void close() {
    engine.close();
    forgetExitHook();
  }
}
