package io.tyer;

import java.time.Duration;

/**
 * Hears what the engine does, for metrics. Called inline, on the threads of callers, I/O and timer:
 * an implementation must be quick and must not block. What it throws is logged and ignored.
 */
public interface TyerListener {

  /** How a wait ended. */
  enum WaitEnd {
    /** Granted. */
    GRANTED,
    /** Not granted in time, or refused as a try. */
    BUSY,
    /** Interrupted or cancelled. */
    CANCELLED,
    /** The store was unreachable, refused or did not answer, or the client was closed. */
    FAILED
  }

  /** An acquire has ended. */
  default void waited(String name, WaitEnd end, Duration waited) {}

  /** A lease was closed. */
  default void held(String name, Duration held) {}

  /** A lease was lost. */
  default void lost(String name, LossCause cause) {}

  /** A granted ticket was handed from one local waiter to the next. */
  default void baton(String name) {}

  /** A request to the store has been answered, or given up as unanswered. */
  default void storeCall(String operation, Duration took, boolean succeeded) {}
}
