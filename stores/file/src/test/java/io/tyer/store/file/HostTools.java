package io.tyer.store.file;

import java.io.IOException;

/** Commands of the host that runs the tests. */
final class HostTools {

  private HostTools() {}

  /** Runs a command; whether it ended well. */
  static boolean succeeds(String... command) {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
