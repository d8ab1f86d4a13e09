package io.tyer.testkit.torture;

import java.util.OptionalLong;

/**
 * What one thread of a worker wants next.
 *
 * @param thing which lock, and how much of it
 * @param way how it is asked for
 * @param holdMillis how long it is held, unless it is lost
 * @param maxHoldMillis the lease's maximum hold; 0 for none
 * @param patienceMillis how long it waits, for ways that end by themselves
 * @param interruptMillis when the waiting thread is interrupted; 0 for never
 * @param token when the fencing token is asked for
 * @param writes whether it writes to the resource, if its lease is exclusive
 * @param heedless whether it does not look at its lease while it holds it
 * @param thinkMillis the pause afterwards
 */
record Wish(
    Thing thing,
    Way way,
    long holdMillis,
    long maxHoldMillis,
    long patienceMillis,
    long interruptMillis,
    TokenTime token,
    boolean writes,
    boolean heedless,
    long thinkMillis) {

  static final int RETRIES = 3;
  static final long LONGEST_RETRY_PAUSE_MILLIS = 100;

  /** How it is asked for. */
  enum Way {
    /** Waits, however long. */
    WAIT,
    /** Waits, and does not hear interrupts. */
    UNINTERRUPTIBLY,
    /** Takes it if it is free. */
    TRY,
    /** Waits for some time. */
    TIMED,
    /** Tries several times. */
    RETRY,
    /** By a future, cancelled when patience ends. */
    CANCELLED,
    /** By a future that waits for some time. */
    FUTURE,
    /** Through {@code java.util.concurrent.locks.Lock}. */
    JAVA_LOCK
  }

  /** When the fencing token is asked for. */
  enum TokenTime {
    AT_ONCE,
    LATE,
    NEVER
  }

  /** Which kind of lock. */
  enum Kind {
    MUTEX,
    READ,
    WRITE,
    /** A write lock that becomes a read lock while it is held. */
    DOWNGRADED,
    SEMAPHORE
  }

  /**
   * Which lock, and how much of it.
   *
   * @param kind which kind
   * @param name its name
   * @param weight as histories say it: 0 if exclusive
   * @param capacity as histories say it: 0 if exclusive
   */
  record Thing(Kind kind, String name, int weight, int capacity) {

    boolean exclusive() {
      return weight == 0;
    }
  }

  /**
   * As it stands in the history: with the time within which it must return, promise L2, if any.
   *
   * @param clientWaitMillis how long the client lets any acquire wait; 0 for without limit
   */
  String note(long clientWaitMillis) {
    OptionalLong limit = limitMillis(clientWaitMillis);
    return thing.kind() + " " + way + (limit.isPresent() ? " " + limit.getAsLong() + " ms" : "");
  }

  private OptionalLong limitMillis(long clientWaitMillis) {
    return switch (way) {
      case TRY -> OptionalLong.of(0);
      case RETRY -> OptionalLong.of(RETRIES * LONGEST_RETRY_PAUSE_MILLIS);
      case TIMED, FUTURE, CANCELLED -> OptionalLong.of(patienceMillis);
      case WAIT, UNINTERRUPTIBLY -> ofClient(clientWaitMillis);
      case JAVA_LOCK -> viewWaits() ? ofClient(clientWaitMillis) : OptionalLong.of(patienceMillis);
    };
  }

  private static OptionalLong ofClient(long clientWaitMillis) {
    return clientWaitMillis == 0 ? OptionalLong.empty() : OptionalLong.of(clientWaitMillis);
  }

  /** Whether a view is locked without a limit; otherwise its lock is tried for some time. */
  boolean viewWaits() {
    return holdMillis % 2 == 0;
  }
}
