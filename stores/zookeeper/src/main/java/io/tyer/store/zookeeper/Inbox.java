package io.tyer.store.zookeeper;

import io.tyer.store.ordered.OrderedEvents;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What others have told a session: the content of a node, of which the version says whether any was
 * missed.
 */
final class Inbox {

  private final OrderedEvents events;
  private final ReentrantLock lock = new ReentrantLock();

  /** The version of what was told last; 0 is the one in which the node was made. */
  private int last;

  Inbox(OrderedEvents events) {
    this.events = events;
  }

  /** The node was read. */
  void read(int version, byte[] content) {
    int steps;
    lock.lock();
    try {
      steps = version - last;
      if (steps <= 0) {
        return;
      }
      last = version;
    } finally {
      lock.unlock();
    }
    if (steps > 1) {
      events.missed();
    }
    events.told(content);
  }
}
