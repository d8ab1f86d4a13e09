package io.tyer.store.etcd;

import io.etcd.jetcd.api.KeyValue;
import io.tyer.store.ordered.OrderedEvents;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What others told a session: the latest value of a key of which every value counts. It is heard of
 * by a watch, and again by each proof that the session lives.
 */
final class Inbox {

  private final OrderedEvents events;
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by the lock.
  private long seen;
  private long count = 1;

  /** Empty, as made by this revision. */
  Inbox(long revision, OrderedEvents events) {
    this.seen = revision;
    this.events = events;
  }

  /** Up to which revision everything was told. */
  long seen() {
    lock.lock();
    try {
      return seen;
    } finally {
      lock.unlock();
    }
  }

  /** The key was found to be this. */
  void isNow(KeyValue pair) {
    boolean next;
    lock.lock();
    try {
      if (pair.getModRevision() <= seen) {
        return;
      }
      next = pair.getVersion() == count + 1;
      seen = pair.getModRevision();
      count = pair.getVersion();
    } finally {
      lock.unlock();
    }
    if (next) {
      events.told(pair.getValue().toByteArray());
    } else {
      events.missed();
    }
  }
}
