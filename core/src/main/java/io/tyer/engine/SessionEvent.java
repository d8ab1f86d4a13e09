package io.tyer.engine;

import io.tyer.spi.StoreException;
import org.jspecify.annotations.Nullable;

/** What may happen to the client's session in a shard. A session is named by its life: 1, 2, … */
sealed interface SessionEvent {

  /**
   * How a session stands at this moment.
   *
   * @param over whether it was ended, or its proof has run out: final
   * @param remainingNanos how long the proof lasts by the monotonic clock
   * @param suspended whether the machine has been suspended since it was proved
   * @param remainingByWallMillis how long the proof lasts by the wall clock
   */
  record Condition(
      boolean over, long remainingNanos, boolean suspended, long remainingByWallMillis) {}

  /** Somebody needs a session. */
  record Needed(boolean openIsOver) implements SessionEvent {}

  record Opened(int life, Condition condition) implements SessionEvent {}

  /** The store took longer to open it than it would be proved. */
  record OpenedTooLate(int life, StoreException failure) implements SessionEvent {}

  record OpenFailed(int life, StoreException failure) implements SessionEvent {}

  /** Time to try again, if anybody still wants a session. */
  record AttemptDue(int stamp, boolean wanted) implements SessionEvent {}

  record BeatDue(int stamp, int life) implements SessionEvent {}

  record ExtraBeatDue(int life) implements SessionEvent {}

  /** A beat was acknowledged: in time, or too late to prove anything. */
  record BeatAnswered(int life, boolean inTime, boolean attention) implements SessionEvent {}

  record BeatFailed(int life, StoreException failure) implements SessionEvent {}

  /** Time to look how long it is still proved. */
  record WatchDue(int stamp, int life, Condition condition) implements SessionEvent {}

  /** Somebody found it unproved, or over, before its timers did. */
  record Doubted(int life, boolean over) implements SessionEvent {}

  /** The store says that it has ended. */
  record EndedByStore(int life, String why) implements SessionEvent {}

  /** Those who held by a lost session have had the margin to stop. */
  record MarginDue(int life) implements SessionEvent {}

  /** The store knows that it has ended, or will find out itself. */
  record EndAnswered(int life, @Nullable StoreException failure) implements SessionEvent {}

  /** The client is closed. */
  record Close() implements SessionEvent {}
}
