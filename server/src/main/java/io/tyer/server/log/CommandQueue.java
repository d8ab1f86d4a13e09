package io.tyer.server.log;

import io.tyer.server.state.Command;
import io.tyer.server.state.HeapCost;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** Commands that wait for their entry, in their order. Not for several threads. */
final class CommandQueue {

  private final ArrayDeque<Pending> queue = new ArrayDeque<>();
  private int urgent;
  private long bytes;
  private long leaves;

  void add(Pending pending) {
    queue.add(pending);
    count(pending, 1);
  }

  private void count(Pending pending, int by) {
    if (!(pending.command() instanceof Command.Beat)) {
      urgent += by;
    }
    bytes += by * HeapCost.queued(pending.command());
    leaves += by * HeapCost.left(pending.command());
  }

  int size() {
    return queue.size();
  }

  /** About how many bytes of heap its commands take. */
  long bytes() {
    return bytes;
  }

  /** About how many bytes of heap they leave behind once they are applied. */
  long leaves() {
    return leaves;
  }

  boolean isEmpty() {
    return queue.isEmpty();
  }

  /** Whether there is anything that somebody waits for: anything but beats. */
  boolean isUrgent() {
    return urgent > 0;
  }

  /** Removes the first ones. */
  List<Pending> take(int most) {
    List<Pending> taken = new ArrayList<>(Math.min(queue.size(), most));
    while (taken.size() < most && !queue.isEmpty()) {
      Pending first = queue.remove();
      taken.add(first);
      count(first, -1);
    }
    return taken;
  }

  /** Puts these before all others. */
  void putBack(List<Pending> taken) {
    for (int i = taken.size() - 1; i >= 0; i--) {
      queue.addFirst(taken.get(i));
      count(taken.get(i), 1);
    }
  }

  /** Removes all. */
  List<Pending> drain() {
    return take(Integer.MAX_VALUE);
  }
}
