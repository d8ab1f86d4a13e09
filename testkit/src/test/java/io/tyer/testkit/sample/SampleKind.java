package io.tyer.testkit.sample;

import io.tyer.testkit.server.ServerKind;
import java.io.IOException;
import java.nio.file.Path;

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
    return SampleProcess.start(directory, name(), SampleFlaws.NONE);
  }
}
