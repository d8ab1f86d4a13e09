package io.tyer.testkit.history;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Something that disturbed processes for a while.
 *
 * @param kind what sort
 * @param process whom; without meaning for {@link Kind#FAULT}
 * @param what in words
 * @param from when it struck
 * @param to when it was over; {@link Acquisition#NEVER} if it never was
 */
record Fault(Kind kind, int process, String what, long from, long to) {

  enum Kind {
    FAULT,
    PAUSE,
    KILL
  }

  /** All of them, by the instant at which they struck. */
  static List<Fault> of(List<Event> events) {
    List<Event> sorted = new ArrayList<>(events);
    sorted.sort(Comparator.comparingLong(Event::at));
    List<Fault> faults = new ArrayList<>();
    Map<String, Deque<Event>> open = new HashMap<>();
    for (Event event : sorted) {
      switch (event.what()) {
        case FAULT -> open.computeIfAbsent(event.note(), note -> new ArrayDeque<>()).add(event);
        case HEALED -> {
          Event struck = open.getOrDefault(event.note(), new ArrayDeque<>()).poll();
          if (struck != null) {
            faults.add(fault(struck, event.at()));
          }
        }
        case KILLED ->
            faults.add(
                new Fault(
                    Kind.KILL,
                    event.process(),
                    "process " + event.process() + " killed",
                    event.at(),
                    event.at()));
        default -> {}
      }
    }
    open.values().forEach(left -> left.forEach(it -> faults.add(fault(it, Acquisition.NEVER))));
    ProcessLife.of(sorted)
        .forEach(
            (process, life) ->
                life.pauses()
                    .forEach(
                        pause ->
                            faults.add(
                                new Fault(
                                    Kind.PAUSE,
                                    process,
                                    "process " + process + " paused",
                                    pause[0],
                                    pause[1]))));
    faults.sort(Comparator.comparingLong(Fault::from).thenComparing(Fault::what));
    return faults;
  }

  private static Fault fault(Event struck, long to) {
    return new Fault(Kind.FAULT, 0, struck.note(), struck.at(), to);
  }
}
