package io.tyer.testkit.torture;

import java.io.IOException;
import java.util.Optional;

/** One way to do harm, ready to be used. For several threads. */
interface Fault {

  /**
   * Strikes.
   *
   * @return what heals; empty if there was nobody to strike, and nothing happened
   */
  Optional<Injury> strike(Blow blow) throws IOException, InterruptedException;

  /** What was done, and how it is undone. */
  interface Injury {

    /** What was done, in words. */
    String description();

    /** Undoes it; called once. */
    void heal() throws IOException, InterruptedException;
  }
}
