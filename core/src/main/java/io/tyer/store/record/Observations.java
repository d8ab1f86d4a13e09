package io.tyer.store.record;

import io.tyer.line.SessionId;
import java.util.concurrent.ConcurrentHashMap;

/**
 * When this process saw the last beats of other sessions, by its own monotonic clock. Bounded: what
 * is forgotten makes a death be seen later, never too early.
 */
final class Observations {

  private static final int MOST = 65_536;

  /**
   * A beat that was seen.
   *
   * @param beats which one
   * @param writtenBy a moment at which it certainly was written already
   * @param timed whether the store was asked for the beat's age
   */
  record Seen(long beats, long writtenBy, boolean timed) {}

  private final ConcurrentHashMap<SessionId, Seen> seen = new ConcurrentHashMap<>();

  /**
   * Sees a session's beat.
   *
   * @param nowNanos a moment after the record was read
   */
  Seen see(SessionId session, long beats, long nowNanos) {
    if (seen.size() > MOST) {
      seen.clear();
    }
    return seen.compute(
        session,
        (id, before) ->
            before != null && before.beats == beats ? before : new Seen(beats, nowNanos, false));
  }

  /** Notes by when a beat was written, as the store says. */
  Seen time(SessionId session, long beats, long writtenBy) {
    return seen.compute(
        session,
        (id, before) -> {
          boolean earlier =
              before == null || before.beats != beats || writtenBy - before.writtenBy < 0;
          return new Seen(beats, earlier ? writtenBy : before.writtenBy, true);
        });
  }

  /** Forgets a session that is over. */
  void forget(SessionId session) {
    seen.remove(session);
  }
}
