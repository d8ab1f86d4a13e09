package io.tyer.server.replica;

import io.tyer.server.state.Tally;

/**
 * Hears what a member does, in numbers. Its methods are called by the threads that do it, so they
 * must be quick, not block, and not throw.
 */
public interface ReplicaMeter {

  /** Hears nothing. */
  ReplicaMeter NONE = new ReplicaMeter() {};

  /**
   * An entry was applied; called by one thread at a time.
   *
   * @param tally what it came to, until this returns
   * @param leading whether this member leads, so that of all members it alone hears so
   */
  default void applied(Tally tally, boolean leading) {}

  /** An entry that this member proposed was applied, so long after it was proposed. */
  default void appended(int commands, long nanos) {}

  /** This member leads from now on. */
  default void leads() {}

  /** This member's clock raised no numbers as its lead began: it is wrong, or not confirmed. */
  default void clockRefused() {}

  /** A snapshot was written, and is sure to survive. */
  default void snapshot(long nanos, long bytes) {}
}
