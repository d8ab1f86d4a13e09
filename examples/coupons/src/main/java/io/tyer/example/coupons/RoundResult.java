package io.tyer.example.coupons;

import java.time.Duration;
import java.util.List;

/**
 * What came of a round.
 *
 * @param startedNanos when the buyers were told to start
 * @param events everything that happened, in the order of time
 * @param failures what went wrong with the buyers' processes
 */
record RoundResult(
    Round round,
    Settings settings,
    long startedNanos,
    List<Event> events,
    List<String> failures,
    Audit audit) {

  int count(EventKind kind) {
    return (int) events.stream().filter(event -> event.kind() == kind).count();
  }

  /** The longest time between two sales that follow each other. */
  Duration stall() {
    long longest = 0;
    long last = 0;
    for (Event event : events) {
      if (event.kind() == EventKind.SOLD) {
        longest = last == 0 ? 0 : Math.max(longest, event.nanos() - last);
        last = event.nanos();
      }
    }
    return Duration.ofNanos(longest);
  }

  /** How long after the start this happened. */
  Duration sinceStart(Event event) {
    return Duration.ofNanos(event.nanos() - startedNanos);
  }

  /** What is not as promised; empty if all is. */
  List<String> broken() {
    return round.broken(this);
  }
}
