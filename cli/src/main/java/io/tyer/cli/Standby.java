package io.tyer.cli;

import io.tyer.Acquirable;
import io.tyer.Lease;
import io.tyer.OutcomeUnknownException;
import io.tyer.StoreUnreachableException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Stands in line for as long as it takes, and comes again when the store has been away. */
final class Standby {

  private static final long LONGEST_PAUSE_MILLIS = 5000;

  private final Acquirable lock;
  private final Screen screen;

  Standby(Acquirable lock, Screen screen) {
    this.lock = lock;
    this.screen = screen;
  }

  Lease acquire() throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    String said = "";
    while (true) {
      try {
        return lock.acquire();
      } catch (StoreUnreachableException | OutcomeUnknownException e) {
        String why = String.valueOf(e.getMessage());
        if (!why.equals(said)) {
          screen.warn("still standing by for " + lock.name() + ": " + why);
          said = why;
        }
        long pause =
            ThreadLocalRandom.current().nextLong(LONGEST_PAUSE_MILLIS / 5, LONGEST_PAUSE_MILLIS);
        boolean unused = never.await(pause, TimeUnit.MILLISECONDS);
      }
    }
  }
}
