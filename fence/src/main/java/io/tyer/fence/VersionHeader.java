package io.tyer.fence;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The first line of a file that is versioned: {@code tyer-versioned 1 VERSION PREVIOUS}. */
final class VersionHeader {

  private static final String NONE = "-".repeat(32);
  private static final Pattern LINE =
      Pattern.compile("tyer-versioned 1 ([0-9a-f]{32}) ([0-9a-f]{32}|-{32})\n");
  private static final int LENGTH = "tyer-versioned 1 ".length() + 2 * 32 + 2;

  private VersionHeader() {}

  /** Empty if the bytes do not begin with such a line. */
  static Optional<StoredVersion> read(byte[] bytes) {
    if (bytes.length < LENGTH) {
      return Optional.empty();
    }
    Matcher line = LINE.matcher(new String(bytes, 0, LENGTH, StandardCharsets.ISO_8859_1));
    if (!line.matches()) {
      return Optional.empty();
    }
    String previous = line.group(2);
    return Optional.of(
        new StoredVersion(
            Version.parse(line.group(1)),
            previous.equals(NONE) ? Optional.empty() : Optional.of(Version.parse(previous)),
            Arrays.copyOfRange(bytes, LENGTH, bytes.length)));
  }

  static byte[] write(StoredVersion next) {
    String previous = next.previous().map(Version::toString).orElse(NONE);
    byte[] line =
        ("tyer-versioned 1 " + next.version() + " " + previous + "\n")
            .getBytes(StandardCharsets.US_ASCII);
    byte[] bytes = Arrays.copyOf(line, line.length + next.content().length);
    System.arraycopy(next.content(), 0, bytes, line.length, next.content().length);
    return bytes;
  }
}
