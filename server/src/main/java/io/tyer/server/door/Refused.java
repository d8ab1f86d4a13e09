package io.tyer.server.door;

import static java.util.Objects.requireNonNull;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts what was refused, by why. For any thread. */
final class Refused {

  /** Of every reason, and never changed. */
  private final Map<Bound, LongAdder> counts = new EnumMap<>(Bound.class);

  Refused() {
    for (Bound bound : Bound.values()) {
      counts.put(bound, new LongAdder());
    }
  }

  void by(Bound bound) {
    of(bound).increment();
  }

  long count(Bound bound) {
    return of(bound).sum();
  }

  private LongAdder of(Bound bound) {
    return requireNonNull(counts.get(bound));
  }
}
