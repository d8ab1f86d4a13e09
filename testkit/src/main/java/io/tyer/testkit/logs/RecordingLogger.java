package io.tyer.testkit.logs;

import java.io.Serial;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/** Records warnings and errors while a test listens, and else passes on to the real logger. */
final class RecordingLogger extends LegacyAbstractLogger {

  @Serial private static final long serialVersionUID = 1L;

  @SuppressWarnings("serial") // never serialized: its provider makes each anew
  private final Logger real;

  RecordingLogger(Logger real) {
    this.name = real.getName();
    this.real = real;
  }

  @Override
  protected @Nullable String getFullyQualifiedCallerName() {
    return null;
  }

  @Override
  protected void handleNormalizedLoggingCall(
      Level level,
      @Nullable Marker marker,
      String pattern,
      Object @Nullable [] arguments,
      @Nullable Throwable thrown) {
    String text = MessageFormatter.basicArrayFormat(pattern, arguments);
    if (RecordedLogs.listening(level)) {
      RecordedLogs.add(new Logged(level, name, text, thrown));
    } else {
      real.atLevel(level).setCause(thrown).log(text);
    }
  }

  @Override
  public boolean isTraceEnabled() {
    return real.isTraceEnabled();
  }

  @Override
  public boolean isDebugEnabled() {
    return real.isDebugEnabled();
  }

  @Override
  public boolean isInfoEnabled() {
    return real.isInfoEnabled();
  }

  @Override
  public boolean isWarnEnabled() {
    return RecordedLogs.listening(Level.WARN) || real.isWarnEnabled();
  }

  @Override
  public boolean isErrorEnabled() {
    return RecordedLogs.listening(Level.ERROR) || real.isErrorEnabled();
  }
}
