package io.tyer;

/**
 * What happens when the threads of one process wait for each other in a circle; {@link
 * TyerOption#DEADLOCKS}. Each then holds a lock that the one before it waits for.
 */
public enum Deadlocks {
  /**
   * The last to begin its wait gets a {@link DeadlockException}, if every lock in the circle is
   * held by a thread that gives it back itself: through {@link DistributedLock#asJavaLock()},
   * {@link Acquirable#withLease} or {@link Tyer#withLock}. A {@link Lease} of another acquire may
   * be closed by another thread; a circle with one is logged only.
   */
  ON,

  /** It is logged as a warning, and nobody's wait ends. */
  REPORT,

  /** Nobody looks. */
  OFF
}
