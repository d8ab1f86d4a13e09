package io.tyer.testkit.sample;

import io.tyer.testkit.contract.Feature;
import io.tyer.testkit.contract.ServerUnderTest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The sample store as the contract takes it. */
final class SampleUnderTest extends ServerUnderTest {

  SampleUnderTest(Path directory) throws IOException {
    super(new SampleKind(), new SampleStoreProvider(), directory);
  }

  @Override
  public Optional<String> whyNot(Feature feature) {
    return feature == Feature.REMOVE_LINE ? Optional.empty() : super.whyNot(feature);
  }

  @Override
  public List<String> expectedWarnings() {
    // Whoever was about to sweep when the connection was cut says that he could not.
    return List.of("sample://\\S+ is swept later");
  }

  @Override
  public void removeLine(String name) throws IOException {
    ((SampleProcess) server()).removeLine(name);
  }
}
