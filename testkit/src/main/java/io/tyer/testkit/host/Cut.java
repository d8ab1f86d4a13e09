package io.tyer.testkit.host;

import java.io.IOException;

/** What does not pass between hosts any more. */
@FunctionalInterface
public interface Cut {

  /** Undoes it; once. */
  void join() throws IOException, InterruptedException;
}
