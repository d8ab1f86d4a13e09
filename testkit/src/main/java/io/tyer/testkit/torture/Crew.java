package io.tyer.testkit.torture;

import java.io.IOException;

/** The workers of a run. */
interface Crew {

  /** Starts all, and returns when each has had a client open. */
  void start() throws IOException, InterruptedException;

  /** Tells all to hold nothing for long any more. */
  void calmDown();

  /** Tells all to finish, and waits for it. */
  void stop() throws IOException, InterruptedException;
}
