package io.tyer.testkit.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs commands of the operating system. */
public final class Command {

  private static final long PATIENCE_SECONDS = 30;

  private Command() {}

  /**
   * Runs it to its end, and returns what it printed.
   *
   * @throws IOException with what it printed if its status is not 0, or if it does not end
   */
  public static String run(String... words) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException(String.join(" ", words) + " has not ended");
    }
    if (process.exitValue() != 0) {
      throw new IOException(
          String.join(" ", words) + " ended with " + process.exitValue() + ": " + said.strip());
    }
    return said;
  }

  /** Runs it to its end, whatever it prints; whether it ended well. */
  public static boolean succeeds(String... words) {
    try {
      return new ProcessBuilder(words)
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

  /** Like {@link #run(String...)}. */
  public static String run(List<String> words) throws IOException, InterruptedException {
    return run(words.toArray(String[]::new));
  }
}
