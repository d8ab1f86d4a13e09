package io.tyer.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Which version this is, and of which commit it was built where git knew one. */
public final class Version {

  private Version() {}

  /** What {@code --version} prints, of whatever program. */
  public static String line() {
    return "tyer " + text() + "\n";
  }

  /** Such as {@code 1.2.3 (commit 0123456789ab)}. */
  public static String text() {
    try (InputStream in = Version.class.getResourceAsStream("version")) {
      return in == null
          ? "(built from source)"
          : new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
