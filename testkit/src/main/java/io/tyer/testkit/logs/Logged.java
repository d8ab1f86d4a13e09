package io.tyer.testkit.logs;

import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/**
 * A message that was logged.
 *
 * @param level how bad it is
 * @param logger who says so
 * @param text the message, with its arguments in place
 * @param thrown what went with it
 */
public record Logged(Level level, String logger, String text, @Nullable Throwable thrown) {

  @Override
  public String toString() {
    return level + " " + logger + ": " + text + (thrown == null ? "" : " (" + thrown + ")");
  }
}
