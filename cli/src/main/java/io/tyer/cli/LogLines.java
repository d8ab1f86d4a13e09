package io.tyer.cli;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Makes the library's log lines messages of the program, without the traces of exceptions unless
 * they are asked for. The PrintStream in front of it lets one thread in at a time.
 */
final class LogLines extends OutputStream {

  private static final String WARNING = "WARN ";

  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final Screen screen;
  private final boolean withTraces;

  LogLines(Screen screen, boolean withTraces) {
    this.screen = screen;
    this.withTraces = withTraces;
  }

  @Override
  public void write(int b) {
    if (b == '\n') {
      say(line.toString(StandardCharsets.UTF_8));
      line.reset();
    } else {
      line.write(b);
    }
  }

  private void say(String text) {
    boolean trace = text.startsWith("\t") || text.startsWith("Caused by: ");
    if (trace && !withTraces) {
      return;
    }
    if (text.startsWith(WARNING)) {
      screen.warn(text.substring(WARNING.length()).trim());
    } else {
      screen.say(text.replace('\t', ' '));
    }
  }
}
