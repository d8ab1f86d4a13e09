package io.tyer.store.record;

import java.util.List;

/**
 * What a record of kind SESSION says.
 *
 * @param dead whether the session's death was decided; for good
 * @param ttlMillis how long it lives after a beat
 * @param owner a label for people
 * @param beats how many beats there were: who judges a beat tells it from others by this
 * @param beatNanos the monotonic time just before the last beat was written, by the clock that is
 *     called {@code clock}
 * @param beatWallMillis the wall clock of the same moment: a hint on whether asking for the
 *     version's age is worth while, nothing else
 * @param calls how often the session's attention was called to its tickets
 * @param clock which monotonic clock the writer reads, as {@link ProcessProof#clock} says it
 * @param processes in which table the writer's processes stand, as {@link ProcessProof#processes}
 *     says it
 * @param bearers the processes that bear the session; if there are none, nothing is proved by them
 */
record SessionState(
    boolean dead,
    long ttlMillis,
    String owner,
    long beats,
    long beatNanos,
    long beatWallMillis,
    long calls,
    String clock,
    String processes,
    List<Bearer> bearers) {

  SessionState {
    bearers = List.copyOf(bearers);
  }

  /** The session when another beat is written. */
  SessionState beat(List<Bearer> nowBorneBy, long nowNanos, long wallMillis) {
    return new SessionState(
        dead,
        ttlMillis,
        owner,
        beats + 1,
        nowNanos,
        wallMillis,
        calls,
        clock,
        processes,
        nowBorneBy);
  }

  /** The session when its death is decided. */
  SessionState died() {
    return new SessionState(
        true, ttlMillis, owner, beats, beatNanos, beatWallMillis, calls, clock, processes, bearers);
  }

  /** The session when its attention is called; not a beat. */
  SessionState called() {
    return new SessionState(
        dead,
        ttlMillis,
        owner,
        beats,
        beatNanos,
        beatWallMillis,
        calls + 1,
        clock,
        processes,
        bearers);
  }
}
