package io.tyer.cli;

import io.tyer.command.Exit;
import io.tyer.command.Refusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** A file that holds a password in its first line. */
final class PasswordFile {

  private static final int LONGEST = 64 * 1024;

  private PasswordFile() {}

  static String read(String file) {
    String text;
    try {
      Path path = Path.of(file);
      if (Files.size(path) > LONGEST) {
        throw Refusal.usage("--password-file " + file + " is too long to hold a password");
      }
      text = Files.readString(path, StandardCharsets.UTF_8);
    } catch (IOException | InvalidPathException e) {
      throw new Refusal(Exit.USAGE, "--password-file cannot be read: " + e, e);
    }
    int end = 0;
    while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
      end++;
    }
    if (end == 0) {
      throw Refusal.usage(
          "--password-file " + file + " holds no password; it stands in the first line");
    }
    return text.substring(0, end);
  }
}
