package io.tyer.testkit.sim;

import io.tyer.testkit.logs.Logged;
import io.tyer.testkit.logs.RecordedLogs;
import java.io.Serial;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/** Writes into the trace of the simulation that the thread is running. */
final class TracingLogger extends LegacyAbstractLogger {

  @Serial private static final long serialVersionUID = 1L;

  TracingLogger(String name) {
    this.name = name;
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
    Trace trace = Trace.listening();
    if (level == Level.ERROR && trace != null) {
      throw new LoggedError(text, thrown);
    }
    if (trace != null) {
      trace.add("  (log)", text);
    } else {
      RecordedLogs.add(new Logged(level, name, text, thrown));
    }
  }

  /** Not a RuntimeException: the engine must not catch it. */
  private static final class LoggedError extends AssertionError {
    @Serial private static final long serialVersionUID = 1L;

    LoggedError(String text, @Nullable Throwable thrown) {
      super("logged as an error: " + text + (thrown == null ? "" : ": " + thrown), thrown);
    }
  }

  private boolean tracing() {
    return Trace.listening() != null;
  }

  @Override
  public boolean isTraceEnabled() {
    return false;
  }

  @Override
  public boolean isDebugEnabled() {
    return tracing();
  }

  @Override
  public boolean isInfoEnabled() {
    return tracing();
  }

  @Override
  public boolean isWarnEnabled() {
    return tracing() || RecordedLogs.listening(Level.WARN);
  }

  @Override
  public boolean isErrorEnabled() {
    return tracing() || RecordedLogs.listening(Level.ERROR);
  }
}
