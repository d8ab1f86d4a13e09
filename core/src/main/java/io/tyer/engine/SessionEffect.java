package io.tyer.engine;

import io.tyer.LossCause;
import io.tyer.spi.StoreException;
import org.jspecify.annotations.Nullable;

/** What is to be done about the client's session in a shard, in order. */
sealed interface SessionEffect {

  /** Asks the store for a session, under an id that was never used. */
  record Open(int life) implements SessionEffect {}

  record Beat(int life) implements SessionEffect {}

  /** Nothing held by it is valid from here on. */
  record Invalidate(int life) implements SessionEffect {}

  /**
   * Ends it in the store, once names were told.
   *
   * @param afterEnters whether enters that are under way come in first
   */
  record End(int life, boolean afterEnters) implements SessionEffect {}

  /** Nothing more will be done about it. */
  record Forget(int life) implements SessionEffect {}

  // ---- who is told

  /** There is a session. */
  record TellReady() implements SessionEffect {}

  /** None could be opened. */
  record TellFailed(StoreException failure) implements SessionEffect {}

  record TellOver(int life, LossCause cause) implements SessionEffect {}

  /** Something may have changed in any line. */
  record TellChanged() implements SessionEffect {}

  /** The client is closed: nobody is given a session any more. */
  record TellClosed() implements SessionEffect {}

  /** All sessions have ended. */
  record Closed(@Nullable StoreException failure) implements SessionEffect {}

  // ---- timers

  record AttemptLater(Alarm alarm, int stamp, long nanos) implements SessionEffect {}

  record BeatLater(Alarm alarm, int stamp, int life, long nanos) implements SessionEffect {}

  record WatchLater(Alarm alarm, int stamp, int life, long nanos) implements SessionEffect {}

  record Cancel(Alarm alarm, int stamp) implements SessionEffect {}

  /** A beat out of turn, after a delay that is shortened at random, but no sooner than so. */
  record ExtraBeatLater(int life, long nanos, long leastNanos) implements SessionEffect {}

  record MarginLater(int life, long nanos) implements SessionEffect {}

  // ---- the log

  record LogOpen(int life) implements SessionEffect {}

  record LogLost(int life, LossCause cause) implements SessionEffect {}

  record LogTrouble(int life, String what, @Nullable StoreException failure)
      implements SessionEffect {}
}
