package io.tyer.torture;

import io.tyer.testkit.server.Contents;
import io.tyer.testkit.server.ServerKind;
import io.tyer.testkit.server.StoreServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** A directory that nobody else uses. */
public final class FileKind implements ServerKind {

  /** For {@link java.util.ServiceLoader}. */
  public FileKind() {}

  @Override
  public String name() {
    return "file";
  }

  @Override
  public StoreServer start(Path directory) {
    return new StoreServer() {
      @Override
      public String address() {
        return "file:" + directory.toAbsolutePath();
      }

      @Override
      public Optional<Path> directory() {
        return Optional.of(directory);
      }

      @Override
      public Contents look() throws IOException {
        return FileContents.of(directory);
      }

      @Override
      public void close() {
        // Nothing runs.
      }
    };
  }
}
