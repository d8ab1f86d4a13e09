package io.tyer.server.log;

import io.tyer.server.replica.ReplicaListener;
import io.tyer.server.replica.Uncaught;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells listeners each change of the lead, in their order, and on a thread that holds none of the
 * engine's locks.
 */
final class LeadTeller {

  private static final Logger LOG = LoggerFactory.getLogger(LeadTeller.class);

  private final Executor executor;
  private final ReentrantLock lock = new ReentrantLock();
  private final ArrayDeque<Boolean> untold = new ArrayDeque<>();
  private final List<ReplicaListener> listeners = new ArrayList<>();
  private boolean telling;

  LeadTeller(Executor executor) {
    this.executor = executor;
  }

  /** Tells this one, too, from now on; what the first one missed counts as far as it is so now. */
  void listen(ReplicaListener to) {
    lock.lock();
    try {
      listeners.add(to);
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
      if (telling || listeners.isEmpty() || untold.isEmpty()) {
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
      List<ReplicaListener> to;
      boolean now;
      lock.lock();
      try {
        Boolean first = untold.poll();
        to = List.copyOf(listeners);
        if (first == null) {
          telling = false;
          return;
        }
        now = first;
      } finally {
        lock.unlock();
      }
      to.forEach(one -> tell(one, now));
    }
  }

  /** Whatever becomes of it, others are told, and the next change. */
  private static void tell(ReplicaListener to, boolean leading) {
    try {
      to.leading(leading);
    } catch (RuntimeException | Error e) {
      Uncaught.tell(e);
      LOG.error("A change of the lead was not taken", e);
    }
  }
}
