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
    long[] sales =
        events.stream()
            .filter(event -> event.kind() == EventKind.SOLD)
            .mapToLong(Event::nanos)
            .toArray();
    long longest = 0;
    for (int i = 1; i < sales.length; i++) {
      longest = Math.max(longest, sales[i] - sales[i - 1]);
    }
    return Duration.ofNanos(longest);
  }

  /** How long after the start this happened. */
  Duration sinceStart(Event event) {
    return Duration.ofNanos(event.nanos() - startedNanos);
  }

  /** What was sold, and what else there is to say of it. */
  String happened() {
    String sold = "sold " + audit.sold() + " of " + audit.stock();
    if (audit.oversold() > 0) {
      return sold + ": " + audit.oversold() + " too many";
    }
    int refused = count(EventKind.REFUSED);
    if (refused > 0) {
      return sold + "; " + refused + (refused == 1 ? " late write" : " late writes") + " refused";
    }
    return round.blow() == Blow.KILL ? sold + "; nobody sold for " + Text.seconds(stall()) : sold;
  }

  /** What is not as expected; empty if all is. */
  List<String> broken() {
    return round.broken(this);
  }
}
