package io.tyer.server.door;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** What is logged above debug meanwhile, by whichever way. */
public final class Log extends Handler implements AutoCloseable {

  private static final Logger ROOT = Logger.getLogger("");

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
  private final PrintStream before = System.err;
  private final SimpleFormatter formatter = new SimpleFormatter();

  /** From now on. */
  public Log() {
    // The tests' logger writes there.
    System.setErr(out);
    setLevel(Level.INFO);
    ROOT.addHandler(this);
  }

  public String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void publish(LogRecord record) {
    if (isLoggable(record)) {
      out.print(formatter.format(record));
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    ROOT.removeHandler(this);
    System.setErr(before);
  }
}
