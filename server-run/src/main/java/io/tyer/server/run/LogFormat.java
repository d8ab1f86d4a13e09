package io.tyer.server.run;

import io.tyer.command.Refusal;
import java.util.Locale;
import org.slf4j.LoggerFactory;

/** How the log is written, on the standard error. */
enum LogFormat {
  /** For people. */
  TEXT,
  /** One JSON object per line. */
  JSON;

  private static final String LOGBACK = "ch.qos.logback.";

  /** Reads {@code --log-format}. */
  static LogFormat parse(String text) {
    for (LogFormat format : values()) {
      if (format.toString().equalsIgnoreCase(text)) {
        return format;
      }
    }
    throw Refusal.usage("--log-format is text or json, not '" + text + "'");
  }

  /**
   * Writes so from now on. Where this is part of a program that logs by another library, that one
   * writes text.
   *
   * @throws Refusal if it is to write JSON there
   */
  void use() {
    if (LoggerFactory.getILoggerFactory().getClass().getName().startsWith(LOGBACK)) {
      LogConsole.write(this);
    } else if (this == JSON) {
      throw Refusal.usage(
          "--log-format json: this program logs by a library that writes text only");
    }
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
