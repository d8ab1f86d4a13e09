package io.tyer.store.ordered;

import io.tyer.spi.Surroundings;
import java.time.Duration;

/**
 * What all requests to a store need.
 *
 * @param operationTimeout for how long one may make further calls
 */
record OrderedParts(OrderedMedium medium, Surroundings surroundings, Duration operationTimeout) {

  Deadline deadline() {
    return new Deadline(surroundings, operationTimeout);
  }
}
