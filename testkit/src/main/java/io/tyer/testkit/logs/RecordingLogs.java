package io.tyer.testkit.logs;

import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.helpers.NOPLoggerFactory;
import org.slf4j.helpers.NOPMDCAdapter;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/**
 * SLF4J for tests: records warnings and errors for {@link RecordedLogs} and passes everything else
 * on to the provider that SLF4J would have found. Chosen by the system property {@code
 * slf4j.provider}, which {@link ChooseRecordingLogs} sets unless it is set already.
 */
public final class RecordingLogs implements SLF4JServiceProvider {

  private final IMarkerFactory markers = new BasicMarkerFactory();
  private final ConcurrentHashMap<String, RecordingLogger> loggers = new ConcurrentHashMap<>();
  private ILoggerFactory real = new NOPLoggerFactory();
  private MDCAdapter mdc = new NOPMDCAdapter();

  /** For SLF4J. */
  public RecordingLogs() {}

  @Override
  public ILoggerFactory getLoggerFactory() {
    return name -> loggers.computeIfAbsent(name, n -> new RecordingLogger(real.getLogger(n)));
  }

  @Override
  public IMarkerFactory getMarkerFactory() {
    return markers;
  }

  @Override
  public MDCAdapter getMDCAdapter() {
    return mdc;
  }

  @Override
  public String getRequestedApiVersion() {
    return "2.0.99";
  }

  @Override
  public void initialize() {
    ServiceLoader.load(SLF4JServiceProvider.class)
        .findFirst()
        .ifPresent(
            provider -> {
              provider.initialize();
              real = provider.getLoggerFactory();
              MDCAdapter its = provider.getMDCAdapter();
              mdc = its == null ? mdc : its;
            });
  }
}
