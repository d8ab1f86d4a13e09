package io.tyer.testkit.broken;

import io.tyer.testkit.history.What;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;

/** What locks protect. It checks the tokens of those who write, or does not. */
final class Resource {

  /** What somebody writes under a lock. */
  record Write(String name, long token) {}

  private final boolean fenced;
  private final BiConsumer<What, Write> history;
  private final Map<String, Long> largest = new HashMap<>();
  private final ReentrantLock lock = new ReentrantLock();

  /** A resource that writes down, in order, what it accepted and what it refused. */
  Resource(boolean fenced, BiConsumer<What, Write> history) {
    this.fenced = fenced;
    this.history = history;
  }

  boolean write(Write write) {
    lock.lock();
    try {
      boolean accepted = !fenced || write.token() >= largest.getOrDefault(write.name(), 0L);
      if (accepted) {
        largest.merge(write.name(), write.token(), Math::max);
      }
      history.accept(accepted ? What.ACCEPTED : What.REFUSED, write);
      return accepted;
    } finally {
      lock.unlock();
    }
  }
}
