package io.tyer.server.state;

import io.tyer.line.SessionId;
import java.util.Comparator;

/**
 * The sessions that have ended lately, so that a belated or repeated opening does not bring one
 * back. The memory is bounded in number and time; ids are made from random secrets that no client
 * uses twice, so that only a request which was under way for longer than that could be missed.
 */
final class DeadSessions {

  /** A session and the replicated time of its end. */
  record Death(SessionId id, long atMillis) {}

  private final CowTree<Long, Death> deaths;
  private final CowTree<SessionId, Long> places;
  private long last;

  DeadSessions() {
    this.deaths = new CowTree<>(Comparator.naturalOrder());
    this.places = new CowTree<>(Comparator.naturalOrder());
  }

  private DeadSessions(DeadSessions original) {
    this.deaths = original.deaths.copy();
    this.places = original.places.copy();
    this.last = original.last;
  }

  /** A copy to change, in constant time; this one must not be changed any more. */
  DeadSessions copy() {
    return new DeadSessions(this);
  }

  boolean contains(SessionId id) {
    return places.get(id) != null;
  }

  int size() {
    return deaths.size();
  }

  /** Remembers a session that is not among them, and forgets those that need not be any more. */
  void add(SessionId id, long nowMillis) {
    restore(id, nowMillis);
    forget(nowMillis);
  }

  /** Remembers a session, after those that ended before it. */
  void restore(SessionId id, long atMillis) {
    last++;
    deaths.put(last, new Death(id, atMillis));
    places.put(id, last);
  }

  private void forget(long nowMillis) {
    for (Long first = deaths.firstKey(); first != null; first = deaths.firstKey()) {
      Death death = deaths.get(first);
      if (death == null
          || (deaths.size() <= Bounds.MAX_DEAD
              && nowMillis - death.atMillis() < Bounds.DEAD_MILLIS)) {
        return;
      }
      deaths.remove(first);
      places.remove(death.id());
    }
  }

  /** All of them, in the order in which they ended. */
  CowTree<Long, Death> inOrder() {
    return deaths;
  }
}
