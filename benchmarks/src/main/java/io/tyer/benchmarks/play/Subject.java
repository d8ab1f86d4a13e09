package io.tyer.benchmarks.play;

import java.util.Optional;
import java.util.Set;

/** A kind of lock that is measured: Tyer on some store, a peer, or a floor. Holds no connection. */
public interface Subject {

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
    /** One client holds many locks for long. */
    HOLDS_MANY,
    /** {@link Client#storeCalls} and {@link Client#beats} count. */
    COUNTS_CALLS,
    /** {@link Mutex#pairAsync} does not wait for its release. */
    RELEASES_ASYNC,
    /** {@link Client#begin} acquires without a thread. */
    IN_FLIGHT,
    /** Kept by a group of servers, which goes on without the one that leads. */
    FAILS_OVER,
    /** {@link Client#standInLine} waits without a thread. */
    CROWDS,
    /** {@link #openToUpdate} changes data. */
    UPDATES,
    /** Takes Tyer's options in its address. */
    TAKES_OPTIONS
  }

  /** What rows may ask of it. */
  Set<Ability> abilities();

  /** Why it cannot be measured here; empty if it can. */
  default Optional<String> obstacle() {
    return Optional.empty();
  }

  /** Whether processes share its locks; else two clients in one JVM are measured. */
  boolean spansProcesses();

  /** A new client, connected. */
  Client open() throws Exception;

  /**
   * A new client, connected, as one opens it to hold locks for long. It may count its requests,
   * which may slow it down.
   */
  default Client openToHold() throws Exception {
    return open();
  }

  /** A new client, connected, that changes data so that no change is lost. */
  default Counters openToUpdate() throws Exception {
    throw new UnsupportedOperationException();
  }
}
