package io.tyer.testkit.torture;

import java.io.IOException;

/** Tortures a store and the engine on it, and judges what came of it. */
public final class Torture {

  private Torture() {}

  /**
   * Runs a plan to its end.
   *
   * @throws IllegalArgumentException if there is no store for the address
   * @throws IOException if it could not be run; then nothing was found out
   */
  public static TortureVerdict run(TorturePlan plan) throws IOException, InterruptedException {
    return new TortureRun(plan).run();
  }
}
