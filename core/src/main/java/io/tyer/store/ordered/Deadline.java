package io.tyer.store.ordered;

import io.tyer.spi.StoreException;
import io.tyer.spi.StoreException.Kind;
import io.tyer.spi.Surroundings;
import java.time.Duration;

/** Until when a request may make further calls, while others keep changing what it changes. */
final class Deadline {

  private final Surroundings surroundings;
  private final long atNanos;

  Deadline(Surroundings surroundings, Duration time) {
    this.surroundings = surroundings;
    this.atNanos = surroundings.nanoTime() + time.toNanos();
  }

  void check() throws StoreException {
    if (surroundings.nanoTime() - atNanos >= 0) {
      throw new StoreException(
          Kind.UNREACHABLE, "others keep changing what was to be changed; the time is over");
    }
  }
}
