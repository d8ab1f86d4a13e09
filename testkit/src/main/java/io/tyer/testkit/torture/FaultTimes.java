package io.tyer.testkit.torture;

import io.tyer.testkit.history.Event;
import io.tyer.testkit.history.What;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** When faults were in force, by what the nemesis wrote down, and for some time after each. */
final class FaultTimes {

  /** From when to when. */
  private record Time(long from, long to) {}

  private final List<Time> times = new ArrayList<>();

  private FaultTimes() {}

  /**
   * Those of these kinds. One that was never healed lasts for ever.
   *
   * @param after for how long a fault that was healed may still be felt
   */
  static FaultTimes of(List<Event> events, Set<FaultKind> kinds, long after) {
    List<Event> sorted = new ArrayList<>(events);
    sorted.sort(Comparator.comparingLong(Event::at));
    FaultTimes times = new FaultTimes();
    Map<String, Deque<Event>> open = new HashMap<>();
    for (Event event : sorted) {
      if (event.what() == What.FAULT && isOf(event, kinds)) {
        open.computeIfAbsent(event.note(), note -> new ArrayDeque<>()).add(event);
      } else if (event.what() == What.HEALED && open.containsKey(event.note())) {
        Event struck = open.get(event.note()).poll();
        if (struck != null) {
          times.times.add(new Time(struck.at(), event.at() + after));
        }
      }
    }
    open.values()
        .forEach(left -> left.forEach(it -> times.times.add(new Time(it.at(), Long.MAX_VALUE))));
    return times;
  }

  private static boolean isOf(Event event, Set<FaultKind> kinds) {
    return kinds.stream().anyMatch(kind -> event.note().startsWith(kind.label() + ": "));
  }

  /** Whether one was in force, or still felt, at any time between these. */
  boolean touch(long from, long to) {
    return times.stream().anyMatch(time -> time.from() <= to && from <= time.to());
  }

  /** For how long between these one was in force. */
  long within(long from, long to) {
    return times.stream()
        .mapToLong(time -> Math.min(to, time.to()) - Math.max(from, time.from()))
        .filter(length -> length > 0)
        .sum();
  }
}
