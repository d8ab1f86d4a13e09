package io.tyer.testkit.host;

import io.tyer.OutcomeUnknownException;
import io.tyer.StoreUnreachableException;
import io.tyer.Tyer;
import io.tyer.TyerBuilder;

/** For what a busy machine may be too slow for, and what a test is not about. */
public final class Patient {

  private Patient() {}

  /**
   * Opens a client, again where its time-outs, which are short for the test's sake, are too short
   * to open a session.
   */
  public static Tyer open(TyerBuilder builder) {
    long start = System.nanoTime();
    while (true) {
      try {
        return builder.open();
      } catch (StoreUnreachableException | OutcomeUnknownException e) {
        if (System.nanoTime() - start > Await.LONG.toNanos()) {
          throw e;
        }
      }
    }
  }
}
