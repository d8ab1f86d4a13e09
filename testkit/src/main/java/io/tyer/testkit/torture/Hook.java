package io.tyer.testkit.torture;

import java.io.IOException;

/** What is done if this JVM is ended from outside while something is under way. */
final class Hook {

  private Hook() {}

  /** What is under way. */
  interface Body<T> {
    T run() throws IOException, InterruptedException;
  }

  /** Runs the body; if the JVM ends meanwhile, so that nothing is left, runs the cleaning. */
  static <T> T during(Runnable cleaning, Body<T> body) throws IOException, InterruptedException {
    Thread thread = new Thread(null, cleaning, "torture-leaves-nothing", 0, false);
    Runtime.getRuntime().addShutdownHook(thread);
    try {
      return body.run();
    } finally {
      try {
        Runtime.getRuntime().removeShutdownHook(thread);
      } catch (IllegalStateException e) {
        // It is running already.
      }
    }
  }
}
