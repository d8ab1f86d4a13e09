package io.tyer.testkit.sample;

import io.tyer.testkit.contract.Feature;
import io.tyer.testkit.contract.ServerUnderTest;
import java.io.IOException;
import java.nio.file.Path;
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
  public void removeLine(String name) throws IOException {
    ((SampleProcess) server()).removeLine(name);
  }
}
