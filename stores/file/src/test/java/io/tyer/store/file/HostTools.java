package io.tyer.store.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the host that runs the tests has and allows. */
final class HostTools {

  private HostTools() {}

  static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  static boolean has(String... commands) {
    for (String command : commands) {
      if (!Files.isExecutable(Path.of(command)) && !succeeds("which", command)) {
        return false;
      }
    }
    return true;
  }

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
