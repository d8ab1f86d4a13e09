package io.tyer.server.run;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.joran.spi.ConsoleTarget;
import java.util.Locale;
import org.slf4j.LoggerFactory;

/** How the log is written, on the standard error. */
enum LogFormat {
  /** For people. */
  TEXT,
  /** One JSON object per line. */
  JSON;

  /** Writes so from now on. */
  void use() {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext logs) {
      use(logs);
    }
  }

  void use(LoggerContext logs) {
    Encoder<ILoggingEvent> lines = this == JSON ? new JsonLines() : new TextLines();
    lines.setContext(logs);
    lines.start();
    ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
    console.setContext(logs);
    console.setTarget(ConsoleTarget.SystemErr.getName());
    console.setEncoder(lines);
    console.start();
    Logger root = logs.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.detachAndStopAllAppenders();
    root.addAppender(console);
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
