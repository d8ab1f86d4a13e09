package io.tyer.server.run;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.joran.spi.ConsoleTarget;
import org.slf4j.LoggerFactory;

/** The log on the standard error. */
final class LogConsole {

  private LogConsole() {}

  static void write(LogFormat format) {
    write(format, (LoggerContext) LoggerFactory.getILoggerFactory());
  }

  static void write(LogFormat format, LoggerContext logs) {
    Encoder<ILoggingEvent> lines = format == LogFormat.JSON ? new JsonLines() : new TextLines();
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
}
