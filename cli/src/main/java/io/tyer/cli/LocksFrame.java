package io.tyer.cli;

import io.tyer.command.Printable;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** A table drawn over the one before, from the terminal's first line. */
final class LocksFrame {

  private static final String HOME = "\u001b[H";
  private static final String REST_OF_LINE = "\u001b[K";
  private static final String REST_OF_SCREEN = "\u001b[J";

  /** So that a line takes one row, however long it is. */
  private static final String NO_WRAPPING = "\u001b[?7l";

  private static final String WRAPPING = "\u001b[?7h";

  private LocksFrame() {}

  /**
   * The table, and below it what is wrong, if anything is: written at once, so that an interrupt
   * leaves the terminal as it should be.
   *
   * @param rows how many the terminal has; 0 if that is not known
   */
  static String of(String table, String trouble, int rows) {
    StringBuilder text = new StringBuilder(NO_WRAPPING).append(HOME);
    String[] lines = table.isEmpty() ? new String[0] : table.split("\n", -1);
    int count = Math.max(0, lines.length - 1); // the last one is empty
    int room = rows == 0 ? count : rows - 1 - (trouble.isEmpty() ? 0 : 1);
    int shown = count <= room ? count : Math.max(0, room - 1);
    for (int i = 0; i < shown; i++) {
      text.append(lines[i]).append(REST_OF_LINE).append("\r\n");
    }
    if (shown < count) {
      text.append("... and ").append(count - shown).append(" more").append(REST_OF_LINE);
      text.append("\r\n");
    }
    if (!trouble.isEmpty()) {
      text.append("not up to date: ").append(Printable.text(trouble)).append(REST_OF_LINE);
      text.append("\r\n");
    }
    return text.append(REST_OF_SCREEN).append(WRAPPING).toString();
  }

  /** How many rows the terminal has; 0 if that cannot be told. */
  static int rows() {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(new File("/dev/tty"))
              .redirectError(Redirect.DISCARD)
              .start();
      if (!stty.waitFor(1, TimeUnit.SECONDS)) {
        stty.destroyForcibly();
        return 0;
      }
      String size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      return Integer.parseInt(size.split(" ", 2)[0].trim());
    } catch (IOException | NumberFormatException e) {
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }
}
