package io.tyer.servers.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where this module keeps what all JVMs of a user share. */
public final class Place {

  private Place() {}

  /** A directory below {@code ~/.cache/tyer}, which is there. */
  public static Path directory(String name) throws IOException {
    return Files.createDirectories(Path.of(System.getProperty("user.home"), ".cache/tyer", name));
  }
}
