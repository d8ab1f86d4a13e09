package io.tyer.server.replica;

import io.tyer.server.state.Outcome;

/** Receives what came of one command: one of both is called, once, and must not block. */
public interface Answer {

  /** It was applied, or refused by the state machine. */
  void done(Outcome outcome);

  /** There is no outcome. */
  void failed(Replica.Failure failure, String message);

  /**
   * All that were answered together with this one have been told: what was kept back to go out with
   * theirs may go. Follows {@link #done}, on the same thread.
   */
  default void flush() {}
}
