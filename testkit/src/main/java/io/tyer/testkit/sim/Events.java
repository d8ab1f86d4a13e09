package io.tyer.testkit.sim;

import io.tyer.spi.Cancellable;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * What is going to happen, ordered by true time, which nobody in the simulation can read. Events of
 * the same time happen in random order.
 */
final class Events {

  private final PriorityQueue<Event> queue = new PriorityQueue<>();
  private final Dice ties;
  private long now;
  private long added;

  Events(Dice ties) {
    this.ties = ties;
  }

  /** Something that happens to a process, or to the world. */
  static final class Event implements Comparable<Event>, Cancellable {

    final @Nullable SimProcess process;
    final String what;

    /** Timers: not before the process's own clock shows this. */
    final long dueLocally;

    private final Runnable task;
    private final long tie;
    private final long sequence;
    private long time;
    private boolean cancelled;

    private Event(
        @Nullable SimProcess process,
        String what,
        Runnable task,
        long dueLocally,
        long tie,
        long sequence) {
      this.process = process;
      this.what = what;
      this.task = task;
      this.dueLocally = dueLocally;
      this.tie = tie;
      this.sequence = sequence;
    }

    @Override
    public void cancel() {
      cancelled = true;
    }

    boolean cancelled() {
      return cancelled;
    }

    void happen() {
      task.run();
    }

    @Override
    public int compareTo(Event other) {
      int byTime = Long.compare(time, other.time);
      if (byTime != 0) {
        return byTime;
      }
      int byTie = Long.compare(tie, other.tie);
      return byTie != 0 ? byTie : Long.compare(sequence, other.sequence);
    }
  }

  /** True time, in nanoseconds since the simulation began. */
  long now() {
    return now;
  }

  Event after(long delay, @Nullable SimProcess process, String what, Runnable task) {
    return add(new Event(process, what, task, Long.MIN_VALUE, ties.nextLong(), added++), delay);
  }

  Event timer(long delay, SimProcess process, String what, long dueLocally, Runnable task) {
    return add(new Event(process, what, task, dueLocally, ties.nextLong(), added++), delay);
  }

  /** An event that could not happen when it was due. */
  void again(Event event, long delay) {
    add(event, delay);
  }

  private Event add(Event event, long delay) {
    event.time = now + Math.max(0, delay);
    queue.add(event);
    return event;
  }

  /** The next event; time goes on to it. Null if nothing is going to happen any more. */
  @Nullable Event next() {
    Event event = peek();
    if (event != null) {
      queue.remove();
      now = event.time;
    }
    return event;
  }

  /** Lets time pass in which nothing happens. */
  void passTo(long time) {
    now = Math.max(now, time);
  }

  /** When the next event is due; the end of time if there is none. */
  long nextTime() {
    Event event = peek();
    return event == null ? Long.MAX_VALUE : event.time;
  }

  private @Nullable Event peek() {
    Event event = queue.peek();
    while (event != null && event.cancelled) {
      queue.remove();
      event = queue.peek();
    }
    return event;
  }

  /** What is still to come, for messages. */
  List<String> pending() {
    List<String> texts = new ArrayList<>();
    for (Event event : queue) {
      if (!event.cancelled) {
        texts.add((event.process == null ? "world" : event.process.name()) + ": " + event.what);
      }
    }
    return texts;
  }
}
