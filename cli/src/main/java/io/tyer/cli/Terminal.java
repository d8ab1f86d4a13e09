package io.tyer.cli;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Whether somebody looks at a stream. Java cannot tell for single streams; the shell's {@code test
 * -t} can. Costs a process, so it is asked only where the answer matters.
 */
final class Terminal {

  private Terminal() {}

  static boolean isStandardOutput() {
    return test("test -t 1");
  }

  static boolean isStandardError() {
    return test("test -t 2");
  }

  static boolean isStandardInput() {
    return test("test -t 0");
  }

  /** Whether escape sequences may be sent to it. */
  static boolean isCapable(Map<String, String> environment) {
    String term = environment.get("TERM");
    return term != null && !term.isEmpty() && !term.equals("dumb");
  }

  private static boolean test(String condition) {
    try {
      Process shell =
          new ProcessBuilder("/bin/sh", "-c", condition)
              .redirectInput(Redirect.INHERIT)
              .redirectOutput(Redirect.INHERIT)
              .redirectError(Redirect.INHERIT)
              .start();
      return shell.waitFor(5, TimeUnit.SECONDS) && shell.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
