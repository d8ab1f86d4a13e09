package io.tyer.testkit.torture;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads requests that are lines, none longer than it has to be. */
final class RequestReader {

  /** A name of a lock is encoded in at most three times as many bytes. */
  static final int LONGEST = 8_192;

  private final InputStream in;

  RequestReader(InputStream in) {
    this.in = new BufferedInputStream(in);
  }

  /**
   * The next one; null at the end.
   *
   * @throws IOException also if it is too long
   */
  @Nullable String next() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int read = in.read(); read != '\n'; read = in.read()) {
      if (read < 0) {
        return null;
      } else if (line.size() == LONGEST) {
        throw new IOException("a request is longer than " + LONGEST + " bytes");
      }
      line.write(read);
    }
    return line.toString(StandardCharsets.UTF_8);
  }
}
