package io.tyer.testkit.sample;

import io.tyer.testkit.server.ServerKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** The sample store, for suites and torture runs. */
public final class SampleKind implements ServerKind {

  /** For {@link java.util.ServiceLoader}. */
  public SampleKind() {}

  @Override
  public String name() {
    return "sample";
  }

  @Override
  public SampleProcess start(Path directory) throws IOException {
    return start(directory, Map.of());
  }

  @Override
  public SampleProcess start(Path directory, Map<String, String> environment) throws IOException {
    return SampleProcess.start(directory, "sample", SampleFlaws.NONE, environment);
  }

  @Override
  public boolean takesEnvironment() {
    return true;
  }
}
