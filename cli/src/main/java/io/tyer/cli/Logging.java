package io.tyer.cli;

import io.tyer.command.Failure;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.Logger;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.helpers.NOPMDCAdapter;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/**
 * What the library logs: warnings and errors, as messages of ours; everything with TYER_DEBUG=1.
 * SLF4J is told this class by name: to look for one it would open every jar.
 */
public final class Logging implements SLF4JServiceProvider, ILoggerFactory {

  private static final AtomicReference<@Nullable LogTarget> TARGET = new AtomicReference<>();

  private final IMarkerFactory markers = new BasicMarkerFactory();
  private final MDCAdapter contexts = new NOPMDCAdapter();

  /** For SLF4J. */
  public Logging() {}

  /** Before the first logger is made. */
  static void configure(Map<String, String> environment, Screen screen) {
    TARGET.set(new LogTarget(screen, Failure.isDebug(environment)));
    System.setProperty("slf4j.internal.verbosity", "WARN");
    System.setProperty("slf4j.provider", Logging.class.getName());
  }

  @Override
  public Logger getLogger(String name) {
    return new ScreenLogger(name, TARGET.get());
  }

  @Override
  public ILoggerFactory getLoggerFactory() {
    return this;
  }

  @Override
  public IMarkerFactory getMarkerFactory() {
    return markers;
  }

  @Override
  public MDCAdapter getMDCAdapter() {
    return contexts;
  }

  @Override
  public String getRequestedApiVersion() {
    return "2.0.99";
  }

  @Override
  public void initialize() {}
}
