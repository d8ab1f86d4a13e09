package io.tyer.engine;

import io.tyer.Lease;
import io.tyer.Retry;
import io.tyer.spi.Surroundings;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;

/** Trying again instead of waiting in line. */
final class Retrying {

  private Retrying() {}

  static Optional<Lease> blocking(Engine engine, Wanted wanted, Retry retry)
      throws InterruptedException {
    for (int tries = 1; ; tries++) {
      Optional<Lease> lease = BlockingWait.acquire(engine, wanted, 0);
      if (lease.isPresent() || tries == retry.attempts()) {
        return lease;
      }
      pause(engine, pauseNanos(engine, retry, tries));
    }
  }

  private static void pause(Engine engine, long nanos) throws InterruptedException {
    long end = engine.now() + nanos;
    for (long left = nanos; left > 0; left = end - engine.now()) {
      LockSupport.parkNanos(Retrying.class, left);
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
  }

  private static long pauseNanos(Engine engine, Retry retry, int tries) {
    Surroundings surroundings = engine.port().surroundings();
    double random = (surroundings.nextLong() >>> 11) * 0x1.0p-53;
    return Nanos.of(retry.pauseAfter(tries, random));
  }

  static CompletableFuture<Optional<Lease>> async(Engine engine, Wanted wanted, Retry retry) {
    CompletableFuture<Optional<Lease>> result = new CompletableFuture<>();
    attempt(engine, wanted, retry, 1, result);
    return result;
  }

  private static void attempt(
      Engine engine,
      Wanted wanted,
      Retry retry,
      int tries,
      CompletableFuture<Optional<Lease>> result) {
    if (result.isDone()) {
      return;
    }
    CompletableFuture<Optional<Lease>> unused =
        FutureWait.acquire(engine, wanted, 0)
            .whenComplete(
                (lease, failure) -> {
                  if (failure != null) {
                    Throwable cause =
                        failure instanceof CompletionException ? failure.getCause() : failure;
                    result.completeExceptionally(cause == null ? failure : cause);
                  } else if (lease.isPresent() || tries == retry.attempts()) {
                    if (!result.complete(lease)) {
                      lease.ifPresent(Lease::closeAsync);
                    }
                  } else {
                    engine
                        .port()
                        .surroundings()
                        .schedule(
                            pauseNanos(engine, retry, tries),
                            () -> attempt(engine, wanted, retry, tries + 1, result));
                  }
                });
  }
}
