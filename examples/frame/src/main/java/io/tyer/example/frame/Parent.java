package io.tyer.example.frame;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The demo that has started this process, as the process sees it; {@link ChildProcess} is the other
 * side. Any thread may speak, one may hear.
 */
public final class Parent {

  private final BufferedReader in =
      new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
  private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);

  /** Of this process. Once: it reads ahead. */
  public Parent() {}

  /**
   * Waits for the next line.
   *
   * @throws IllegalStateException if there will be none
   */
  public String hear() {
    return next().orElseThrow(() -> new IllegalStateException("the demo has said nothing more"));
  }

  /** Waits for the next line; empty if there will be none. */
  public Optional<String> next() {
    try {
      return Optional.ofNullable(in.readLine());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until there will be no more lines. */
  public void awaitEnd() {
    while (next().isPresent()) {
      // Only the end matters.
    }
  }

  /** Says a line to it. */
  public void say(String line) {
    out.println(line);
  }

  /** Ends this process as kill -9 does: nothing is closed, nothing rolled back, nothing said. */
  public static void halt() {
    Runtime.getRuntime().halt(ChildProcess.KILLED);
  }
}
