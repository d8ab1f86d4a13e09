package io.tyer.store.memory;

import io.tyer.line.Line;
import io.tyer.line.LockName;
import io.tyer.line.Ticket;
import io.tyer.spi.SessionEvents;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The lines of some names, under one lock, and the floor under their numbers: a line that has
 * become empty is forgotten, its numbers are not (promise S2).
 */
final class Shelf {

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<LockName, Line> lines = new HashMap<>();
  private long floor;

  Shelf(long floor) {
    this.floor = floor;
  }

  /** What a request made of a line. */
  record Step<T>(Line line, List<Ticket> granted, T answer) {}

  /**
   * Applies a request to a line, and tells those whose tickets it granted once the lock is free.
   */
  <T> T apply(LockName name, MemoryLineStore store, Function<Line, Step<T>> request) {
    Step<T> step;
    lock.lock();
    try {
      Line before = lines.get(name);
      step = request.apply(before == null ? Line.empty(floor) : before);
      put(name, before, step.line());
    } finally {
      lock.unlock();
    }
    tell(name, step.granted(), store);
    return step.answer();
  }

  private void put(LockName name, @Nullable Line before, Line after) {
    if (after.isEmpty()) {
      floor = Math.max(floor, after.last());
      if (before != null) {
        lines.remove(name);
      }
    } else {
      lines.put(name, after);
    }
  }

  private static void tell(LockName name, List<Ticket> granted, MemoryLineStore store) {
    for (Ticket ticket : granted) {
      MemorySession session = store.session(ticket.session());
      if (session != null && !session.dead()) {
        SessionEvents events = session.events();
        events.granted(name, ticket.request(), ticket.number());
      }
    }
  }

  Line line(LockName name) {
    lock.lock();
    try {
      Line line = lines.get(name);
      return line == null ? Line.empty(floor) : line;
    } finally {
      lock.unlock();
    }
  }

  /** The names that have a line now. */
  List<LockName> names() {
    lock.lock();
    try {
      return new ArrayList<>(lines.keySet());
    } finally {
      lock.unlock();
    }
  }

  long floor() {
    lock.lock();
    try {
      long highest = floor;
      for (Line line : lines.values()) {
        highest = Math.max(highest, line.last());
      }
      return highest;
    } finally {
      lock.unlock();
    }
  }
}
