package io.tyer.example.cache;

import java.time.Duration;
import java.time.Instant;

/**
 * A value as it is stored.
 *
 * @param asOf when its computation began: it knows of nothing later, however late it was stored
 */
record Entry(Instant asOf, String value) {

  boolean isFresh(Instant now, Duration lifetime) {
    return now.isBefore(asOf.plus(lifetime));
  }
}
