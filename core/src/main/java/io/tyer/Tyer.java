package io.tyer;

import io.tyer.engine.Engine;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
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

  /** The store's address, without passwords. */
  public String store() {
    return engine.description();
  }

  /**
   * The locks whose name begins with the prefix and that are held or waited for, by name.
   *
   * @throws StoreUnreachableException if the store cannot be reached
   * @throws OutcomeUnknownException if it does not answer in time
   * @throws StoreRefusedException if it refuses
   * @throws TyerClosedException if this client is closed
   */
  public List<LockView> locks(String prefix) {
    return engine.operator().locks(prefix);
  }

  /**
   * Takes a lock from its holders by force: they are told ({@link LossCause#REVOKED}) and have
   * given it back when the safety margin has passed; a dead holder's session must still end by
   * itself. Logged.
   *
   * @param number the number of the ticket to revoke; empty for all that hold the lock
   * @return how many tickets were marked
   * @throws TyerException as {@link #locks}
   */
  public int revoke(String name, OptionalLong number) {
    return engine.operator().revoke(name, number, false);
  }

  /**
   * Like {@link #revoke}, but removes the tickets at once, without waiting for the holders: two may
   * then believe for a while that they hold the lock, and only fencing protects (outside promises
   * S1 and S5).
   */
  public int removeNow(String name, OptionalLong number) {
    return engine.operator().revoke(name, number, true);
  }

  /**
   * Names the processes of this host that bear this client's session (each of them, where the store
   * consists of shards); by default this process alone. Where the store can prove processes dead,
   * the session ends early only when all of them are; with none named, only missing beats end it.
   * Returns when the store knows.
   *
   * @throws StoreUnreachableException if the store cannot be reached; it may or may not know
   * @throws OutcomeUnknownException if it does not answer in time
   * @throws TyerClosedException if this client is closed
   */
  public void bearers(Collection<ProcessHandle> processes) {
    engine.bearers(processes.stream().map(ProcessHandle::pid).toList());
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
