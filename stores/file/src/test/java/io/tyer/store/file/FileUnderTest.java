package io.tyer.store.file;

import io.tyer.testkit.contract.Feature;
import io.tyer.testkit.contract.ServerUnderTest;
import io.tyer.testkit.server.FileKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A directory, whose lines an operator may remove. */
final class FileUnderTest extends ServerUnderTest {

  private final Path directory;

  FileUnderTest(Path directory) throws IOException {
    super(new FileKind(), new FileStoreProvider(), directory);
    this.directory = directory;
  }

  @Override
  public Optional<String> whyNot(Feature feature) {
    return feature == Feature.REMOVE_LINE ? Optional.empty() : super.whyNot(feature);
  }

  /** Removes all lines. Renamed before they are deleted: a writer must not meet half of one. */
  @Override
  public void removeLine(String name) throws IOException {
    try (Stream<Path> buckets = Files.list(directory.resolve("lines"))) {
      List<Path> all = buckets.toList();
      for (Path bucket : all) {
        Path away = directory.resolve(".away");
        Files.move(bucket, away);
        Trees.delete(away.toFile());
      }
    }
  }
}
