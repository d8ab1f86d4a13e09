package io.tyer.server.run;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.core.spi.ContextAwareBase;

/** What is logged, found by the logging library; by code, since reading XML would take longer. */
public final class LogSetup extends ContextAwareBase implements Configurator {

  /** Called by the logging library. */
  public LogSetup() {}

  /** Warnings of all, and what Tyer says of itself; as text until a {@link LogFormat} is used. */
  @Override
  public ExecutionStatus configure(LoggerContext logs) {
    logs.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.WARN);
    logs.getLogger("io.tyer").setLevel(Level.INFO);
    LogConsole.write(LogFormat.TEXT, logs);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }
}
