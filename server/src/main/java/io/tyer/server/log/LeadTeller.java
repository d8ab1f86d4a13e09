package io.tyer.server.log;

import io.tyer.server.replica.ReplicaListener;
import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Tells a listener each change of the lead, in their order, and on a thread that holds none of the
 * engine's locks.
 */
final class LeadTeller {

  private final Executor executor;
  private final ReentrantLock lock = new ReentrantLock();
  private final ArrayDeque<Boolean> untold = new ArrayDeque<>();
  private @Nullable ReplicaListener listener;
  private boolean telling;

  LeadTeller(Executor executor) {
    this.executor = executor;
  }

  /** Tells this one from now on; what it missed counts in so far as it is so now. */
  void listen(ReplicaListener to) {
    lock.lock();
    try {
      listener = to;
      while (untold.size() > 1) {
        untold.remove();
      }
    } finally {
      lock.unlock();
    }
    begin();
  }

  void leading(boolean now) {
    lock.lock();
    try {
      untold.add(now);
    } finally {
      lock.unlock();
    }
    begin();
  }

  private void begin() {
    lock.lock();
    try {
      if (telling || listener == null || untold.isEmpty()) {
        return;
      }
      telling = true;
    } finally {
      lock.unlock();
    }
    executor.execute(this::tell);
  }

  private void tell() {
    while (true) {
      ReplicaListener to;
      boolean now;
      lock.lock();
      try {
        Boolean first = untold.poll();
        to = listener;
        if (first == null || to == null) {
          telling = false;
          return;
        }
        now = first;
      } finally {
        lock.unlock();
      }
      to.leading(now);
    }
  }
}
