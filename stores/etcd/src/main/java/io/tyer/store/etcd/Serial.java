package io.tyer.store.etcd;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs tasks one at a time, in their order, in the threads that bring them, and blocks none. */
final class Serial {

  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();

  /** Runs it, or leaves it to the thread that is at it. */
  void run(Runnable task) {
    tasks.add(task);
    if (waiting.getAndIncrement() > 0) {
      return;
    }
    do {
      Runnable next = tasks.poll();
      if (next != null) {
        next.run();
      }
    } while (waiting.decrementAndGet() > 0);
  }
}
