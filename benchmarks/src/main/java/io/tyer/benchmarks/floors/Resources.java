package io.tyer.benchmarks.floors;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The texts that lie beside these classes. */
final class Resources {

  private Resources() {}

  static String text(String file) throws IOException {
    try (InputStream in = Objects.requireNonNull(Resources.class.getResourceAsStream(file), file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
