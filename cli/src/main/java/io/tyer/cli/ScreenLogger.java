package io.tyer.cli;

import io.tyer.command.Failure;
import java.io.Serial;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/** Says what one class of the library logs. */
final class ScreenLogger extends LegacyAbstractLogger {

  @Serial private static final long serialVersionUID = 1L;

  /**
   * Their warnings are told otherwise: what "tyer release" did, it says by itself; a lost session
   * is told as a lost lease.
   */
  static final Set<String> TOLD_OTHERWISE =
      Set.of(
          "io.tyer.engine.EngineOperator",
          "io.tyer.engine.SessionShell",
          "io.tyer.store.ordered.OrderedLineStore",
          "io.tyer.store.record.RecordLineStore");

  /** Of its client, which says of every attempt to connect what came of it, at length. */
  private static final String ZOOKEEPER = "org.apache.zookeeper.";

  private final transient @Nullable LogTarget target;

  ScreenLogger(String name, @Nullable LogTarget target) {
    this.name = name;
    this.target = target;
  }

  @Override
  protected void handleNormalizedLoggingCall(
      Level level,
      @Nullable Marker marker,
      String pattern,
      Object @Nullable [] arguments,
      @Nullable Throwable thrown) {
    if (target == null) {
      return;
    }
    String message = MessageFormatter.basicArrayFormat(pattern, arguments);
    if (target.debug()) {
      String thread = Thread.currentThread().getName();
      String shortName = name.substring(name.lastIndexOf('.') + 1);
      target.screen().say(level + " [" + thread + "] " + shortName + " - " + message);
      if (thrown != null) {
        target.screen().say(Failure.trace(thrown));
      }
    } else if (level == Level.WARN) {
      target.screen().warn(withCause(message, thrown));
    } else {
      target.screen().say(withCause(message, thrown));
    }
  }

  private static String withCause(String message, @Nullable Throwable thrown) {
    return thrown == null ? message : message + ": " + thrown;
  }

  private boolean isDebug() {
    return target != null && target.debug();
  }

  @Override
  public boolean isTraceEnabled() {
    return false;
  }

  @Override
  public boolean isDebugEnabled() {
    return isDebug();
  }

  @Override
  public boolean isInfoEnabled() {
    return isDebug();
  }

  @Override
  public boolean isWarnEnabled() {
    return isDebug() || !(TOLD_OTHERWISE.contains(name) || name.startsWith(ZOOKEEPER));
  }

  @Override
  public boolean isErrorEnabled() {
    return isDebug() || !name.startsWith(ZOOKEEPER);
  }

  @Override
  protected @Nullable String getFullyQualifiedCallerName() {
    return null;
  }
}
