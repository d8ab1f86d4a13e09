package io.tyer.testkit.history;

import io.tyer.testkit.history.Violation.LeaseId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a fenced resource wrote itself: for one name, it never accepts a smaller token after a
 * larger one. Its events belong to no acquire of its process, and are in the order in which it
 * wrote them.
 */
final class ResourceCheck {

  private ResourceCheck() {}

  /** Returns how many accepted writes there were. */
  static long check(List<Event> events, Set<LeaseId> acquires, Findings findings) {
    Map<Integer, Map<String, Event>> largest = new HashMap<>();
    long accepted = 0;
    for (Event event : events) {
      if (event.what() == What.ACCEPTED
          && !acquires.contains(new LeaseId(event.process(), event.operation()))) {
        accepted++;
        Map<String, Event> names =
            largest.computeIfAbsent(event.process(), process -> new HashMap<>());
        Event before = names.get(event.name());
        if (before == null || event.token() >= before.token()) {
          names.put(event.name(), event);
        } else {
          report(before, event, findings);
        }
      }
    }
    return accepted;
  }

  private static void report(Event before, Event event, Findings findings) {
    findings.about(
        Violation.Kind.RESOURCE,
        event.name(),
        Math.min(before.at(), event.at()),
        Math.max(before.at(), event.at()),
        words ->
            "the resource (process "
                + event.process()
                + ") accepted token "
                + event.token()
                + " at "
                + words.at(event.at())
                + ", after it had accepted token "
                + before.token()
                + " at "
                + words.at(before.at())
                + ".");
  }
}
