package io.tyer.testkit.server;

import java.nio.file.Path;

/** A directory in which clients themselves keep their locks; needs the file store's provider. */
public final class FileKind implements ServerKind {

  /** For {@link java.util.ServiceLoader}. */
  public FileKind() {}

  @Override
  public String name() {
    return "file";
  }

  @Override
  public StoreServer start(Path directory) {
    return new FileDirectory(directory);
  }
}
