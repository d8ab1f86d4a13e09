package io.tyer.testkit.ordered;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What one client is told, in order and one after the other, as by the connection of a real one; by
 * whichever thread comes, outside of all locks.
 */
final class Deliveries {

  private final Queue<Runnable> queue = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();

  /** To be called under the lock that orders what happens. */
  void add(Runnable delivery) {
    queue.add(delivery);
  }

  /** Delivers what there is, unless somebody is at it already. */
  void run() {
    if (waiting.getAndIncrement() != 0) {
      return;
    }
    int seen = 1;
    do {
      for (Runnable next = queue.poll(); next != null; next = queue.poll()) {
        next.run();
      }
      seen = waiting.addAndGet(-seen);
    } while (seen != 0);
  }
}
