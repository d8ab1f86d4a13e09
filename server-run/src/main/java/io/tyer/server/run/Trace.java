package io.tyer.server.run;

import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;

/** An exception with its trace; messages, which may quote clients, stay on their lines. */
final class Trace {

  private static final int MOST_NESTED = 20;

  private Trace() {}

  static String of(IThrowableProxy thrown) {
    StringBuilder text = new StringBuilder(2_000);
    append(text, "", "", thrown, 0);
    return text.toString();
  }

  private static void append(
      StringBuilder text, String indent, String label, IThrowableProxy thrown, int nested) {
    text.append(indent).append(label).append(thrown.getClassName());
    if (thrown.getMessage() != null) {
      text.append(": ").append(OneLine.of(thrown.getMessage()));
    }
    text.append('\n');
    StackTraceElementProxy[] frames = thrown.getStackTraceElementProxyArray();
    int own = frames.length - thrown.getCommonFrames();
    for (int i = 0; i < own; i++) {
      text.append(indent).append('\t').append(frames[i].getSTEAsString()).append('\n');
    }
    if (own < frames.length) {
      text.append(indent).append("\t... ").append(frames.length - own).append(" more\n");
    }
    if (nested == MOST_NESTED) {
      return;
    }
    for (IThrowableProxy suppressed : thrown.getSuppressed()) {
      append(text, indent + "\t", "Suppressed: ", suppressed, nested + 1);
    }
    if (thrown.getCause() != null) {
      append(text, indent, "Caused by: ", thrown.getCause(), nested + 1);
    }
  }
}
