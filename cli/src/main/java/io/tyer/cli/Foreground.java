package io.tyer.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whether this process, and with it the command, is in the foreground of a terminal: then a Ctrl-C
 * reaches both by itself, and need not be passed on.
 */
final class Foreground {

  private Foreground() {}

  static boolean isOurs() {
    try {
      return isForeground(
          Files.readString(Path.of("/proc/self/stat"), StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      return Terminal.isStandardInput() || Terminal.isStandardError(); // a guess, outside Linux
    }
  }

  /** Of {@code pid (name) state parent group session terminal foregroundGroup …}. */
  static boolean isForeground(String stat) {
    int name = stat.lastIndexOf(") ");
    if (name < 0) {
      return false;
    }
    String[] fields = stat.substring(name + 2).split(" ", 7);
    return fields.length == 7 && fields[2].equals(fields[5]) && !fields[4].equals("0");
  }
}
