package io.tyer.server.door;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** How many streams each peer has. */
final class Peers {

  private final int most;
  private final ConcurrentMap<String, Integer> streams = new ConcurrentHashMap<>();

  Peers(int most) {
    this.most = most;
  }

  /** Counts the caller's stream until its call has ended; false, and not counted, if too many. */
  boolean enter(Caller caller) {
    if (streams.merge(caller.peer(), 1, Integer::sum) > most) {
      leave(caller.peer());
      return false;
    }
    caller.whenEnded(() -> leave(caller.peer()));
    return true;
  }

  private void leave(String peer) {
    streams.computeIfPresent(peer, (key, count) -> count == 1 ? null : count - 1);
  }
}
