package io.tyer.example.coupons;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The spans of time that the events of a round enclose. */
final class Timeline {

  private static final Set<EventKind> ENDS = Set.of(EventKind.DONE, EventKind.ENDED);

  private final List<Event> events;
  private final long end;

  Timeline(RoundResult result) {
    this.events = result.events();
    this.end = events.isEmpty() ? result.startedNanos() : events.get(events.size() - 1).nanos();
  }

  /** When everything was over. */
  long end() {
    return end;
  }

  /** When each buyer had the lock, or had no reason to doubt that it had. */
  List<Span> believed() {
    return between(EventKind.LOCKED, ENDS);
  }

  /** Who really had the lock: until somebody else got it. */
  List<Span> held() {
    List<Span> believed = believed();
    List<Span> held = new ArrayList<>();
    for (Span span : believed) {
      long next =
          believed.stream()
              .mapToLong(Span::from)
              .filter(from -> from > span.from())
              .min()
              .orElse(Long.MAX_VALUE);
      held.add(span.endingBy(next));
    }
    return held;
  }

  /** When each buyer was between its read and its write, or the end of its try. */
  List<Span> deciding() {
    return between(EventKind.DECIDED, Set.of(EventKind.SOLD, EventKind.DONE, EventKind.ENDED));
  }

  List<Span> paused() {
    return between(EventKind.PAUSED, Set.of(EventKind.RESUMED, EventKind.ENDED));
  }

  private List<Span> between(EventKind first, Set<EventKind> lasts) {
    Map<Integer, Long> open = new HashMap<>();
    List<Span> spans = new ArrayList<>();
    for (Event event : events) {
      if (event.kind() == first) {
        open.put(event.buyer(), event.nanos());
      } else if (lasts.contains(event.kind())) {
        Long from = open.remove(event.buyer());
        if (from != null) {
          spans.add(new Span(event.buyer(), from, event.nanos()));
        }
      }
    }
    open.forEach((buyer, from) -> spans.add(new Span(buyer, from, end)));
    return spans;
  }
}
