package io.tyer.benchmarks.peers;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;

/** What stands behind the schemes of others than Tyer; the build writes their versions. */
public final class Libraries {

  private static final String FILE = "libraries.properties";

  private Libraries() {}

  /** Library, version and which of its locks; empty where no other library is meant. */
  public static Optional<String> describe(String scheme) {
    Properties libraries = new Properties();
    try (InputStream in = Objects.requireNonNull(Libraries.class.getResourceAsStream(FILE), FILE)) {
      libraries.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Optional.ofNullable(libraries.getProperty(scheme));
  }
}
