package io.tyer.benchmarks.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A temporary directory, for stores that are files where no directory is named. */
final class OwnDirectory implements OwnServer {

  private final Path directory;

  private OwnDirectory(Path directory) {
    this.directory = directory;
  }

  static OwnDirectory make() throws IOException {
    return new OwnDirectory(Files.createTempDirectory("tyer-locks-"));
  }

  @Override
  public String location() {
    return directory.toString();
  }

  @Override
  public String keeps() throws IOException {
    return Directories.described(directory);
  }

  /** Each run removes its own. */
  @Override
  public void clear() {}

  @Override
  public void close() throws IOException {
    Directories.remove(directory);
  }
}
