package io.tyer.server.http;

import io.tyer.server.guard.Guard;
import io.tyer.spi.Cancellable;
import io.tyer.spi.Surroundings;
import java.util.concurrent.Executor;

/**
 * What all requests need.
 *
 * @param executor the one thread on which requests are worked on
 */
record Api(
    Group group,
    Waits waits,
    Guard guard,
    Surroundings surroundings,
    Executor executor,
    HttpLimits limits) {

  /** Runs a task once, later, on the thread of all requests. */
  Cancellable later(long nanos, Runnable task) {
    return surroundings.schedule(nanos, () -> executor.execute(task));
  }
}
