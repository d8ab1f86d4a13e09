package io.tyer.example.jobs;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** When which job ran, as its processes said. What a killed one ran is left out from then on. */
final class Timeline {

  private final ReentrantLock lock = new ReentrantLock();
  private final List<Event> events = new ArrayList<>();

  /**
   * Something said of a job.
   *
   * @param by the process
   * @param change how many more run
   */
  private record Event(String by, String kind, long job, long nanos, int change) {

    boolean isOfSameRun(Event other) {
      return by.equals(other.by) && job == other.job;
    }
  }

  /** A process said so. */
  void heard(String by, String line) {
    List<String> words = List.of(line.split(" ", -1));
    int change = words.get(0).equals("begin") ? 1 : -1;
    long job = Long.parseLong(words.get(2));
    lock.lock();
    try {
      events.add(new Event(by, words.get(1), job, Long.parseLong(words.get(3)), change));
    } finally {
      lock.unlock();
    }
  }

  /** How many of a kind ran at a time, at most. */
  int mostAtOnce() {
    Map<String, Integer> running = new HashMap<>();
    int most = 0;
    for (Event event : inOrder()) {
      most = Math.max(most, running.merge(event.kind, event.change, Integer::sum));
    }
    return most;
  }

  /** Whether there was a moment between these when none ran. */
  boolean wasQuiet(long fromNanos, long toNanos) {
    int running = 0;
    long quietSince = Long.MIN_VALUE;
    for (Event event : inOrder()) {
      if (running == 0 && quietSince < toNanos && event.nanos > fromNanos) {
        return true;
      }
      running += event.change;
      quietSince = event.nanos;
    }
    return running == 0 && quietSince < toNanos;
  }

  /** Beginnings with their ends, by time; an end comes before what begins at the same moment. */
  private List<Event> inOrder() {
    lock.lock();
    try {
      return events.stream()
          .filter(event -> events.stream().filter(event::isOfSameRun).count() == 2)
          .sorted(Comparator.comparingLong(Event::nanos).thenComparingInt(Event::change))
          .toList();
    } finally {
      lock.unlock();
    }
  }
}
