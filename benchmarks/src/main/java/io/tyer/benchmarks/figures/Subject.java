package io.tyer.benchmarks.figures;

import java.util.Set;

/** A kind of lock that is measured: Tyer on some store, a peer, or a floor. Holds no connection. */
interface Subject {

  /** What a row may ask of a subject. */
  enum Ability {
    /** Acquire and release on one's own name. */
    PAIRS,
    /** Acquire waits until the lock is free. */
    WAITS,
    /** {@link Client#waiting} tells who waits. */
    SHOWS_WAITERS,
    /** {@link Client#kept} tells what is kept under bias. */
    KEEPS,
    /** {@link Client#storeCalls} counts, and many locks are held by one client. */
    HOLDS_MANY,
    /** {@link Client#standInLine} waits without a thread. */
    CROWDS,
    /** Takes Tyer's options in its address. */
    TAKES_OPTIONS
  }

  /** What rows may ask of it. */
  Set<Ability> abilities();

  /** Whether processes share its locks; else two clients in one JVM are measured. */
  boolean spansProcesses();

  /** A new client, connected. */
  Client open() throws Exception;

  /** A new client, connected, that counts its requests, which may slow it down. */
  default Client openCounting() throws Exception {
    throw new UnsupportedOperationException();
  }
}
