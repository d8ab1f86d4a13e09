package io.tyer.testkit.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** When a process was killed, when it was paused, and when it last wrote something. */
final class ProcessLife {

  static final ProcessLife UNDISTURBED = new ProcessLife();

  private long killed = Acquisition.NEVER;
  private long lastSign = Long.MIN_VALUE;
  private final List<long[]> pauses = new ArrayList<>();

  private ProcessLife() {}

  static Map<Integer, ProcessLife> of(List<Event> events) {
    List<Event> sorted = new ArrayList<>(events);
    sorted.sort(Comparator.comparingLong(Event::at));
    Map<Integer, ProcessLife> lives = new HashMap<>();
    for (Event event : sorted) {
      lives.computeIfAbsent(event.process(), process -> new ProcessLife()).add(event);
    }
    return lives;
  }

  private void add(Event event) {
    switch (event.what()) {
      case KILLED -> killed = Math.min(killed, event.at());
      case PAUSED -> {
        if (!pausedAt(event.at())) {
          pauses.add(new long[] {event.at(), Acquisition.NEVER});
        }
      }
      case RESUMED -> {
        if (pausedAt(event.at())) {
          pauses.get(pauses.size() - 1)[1] = event.at();
        }
      }
      case FAULT, HEALED, QUIET -> {}
      default -> lastSign = event.at();
    }
  }

  private boolean pausedAt(long instant) {
    return paused(instant, instant);
  }

  long killed() {
    return killed;
  }

  /** When it last wrote something itself. */
  long lastSign() {
    return lastSign;
  }

  /** From, to. */
  List<long[]> pauses() {
    return pauses;
  }

  /** Whether it was paused at any time between these. */
  boolean paused(long from, long to) {
    for (long[] pause : pauses) {
      if (pause[0] <= to && from < pause[1]) {
        return true;
      }
    }
    return false;
  }

  /** When it ran last, if it was killed: paused processes are killed, too. */
  long lastRan() {
    for (long[] pause : pauses) {
      if (pause[0] <= killed && killed < pause[1]) {
        return pause[0];
      }
    }
    return killed;
  }
}
