package io.tyer.store.record;

import io.tyer.spi.Surroundings;
import java.time.Duration;

/** Until when a request may try. */
final class Deadline {

  private final Surroundings surroundings;
  private final long atNanos;

  private Deadline(Surroundings surroundings, long atNanos) {
    this.surroundings = surroundings;
    this.atNanos = atNanos;
  }

  static Deadline after(Duration time, Surroundings surroundings) {
    return new Deadline(surroundings, surroundings.nanoTime() + time.toNanos());
  }

  long remainingNanos() {
    return atNanos - surroundings.nanoTime();
  }

  boolean passed() {
    return remainingNanos() <= 0;
  }
}
