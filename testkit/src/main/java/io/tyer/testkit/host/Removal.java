package io.tyer.testkit.host;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Takes things away from this host by commands, all of them, whatever becomes of one. */
public final class Removal {

  private final List<String> left = new ArrayList<>();

  /** Nothing is removed yet. */
  public Removal() {}

  /** Runs a command; if it fails, the next ones are run all the same. */
  public void run(String... command) {
    try {
      String unused = Command.run(command);
    } catch (IOException e) {
      left.add(e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      left.add(String.join(" ", command));
    }
  }

  /**
   * At the end.
   *
   * @throws IllegalStateException if something is left behind; says what
   */
  public void complete() {
    if (!left.isEmpty()) {
      throw new IllegalStateException("left behind on this host: " + left);
    }
  }
}
