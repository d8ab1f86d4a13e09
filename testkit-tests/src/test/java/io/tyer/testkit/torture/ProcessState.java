package io.tyer.testkit.torture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the operating system says of a process. */
final class ProcessState {

  private ProcessState() {}

  /** Its state, such as S or T, by itself: behind the name, which may hold anything. */
  static char of(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
    return stat.charAt(stat.lastIndexOf(')') + 2);
  }

  static boolean exists(long pid) {
    return Files.exists(Path.of("/proc", Long.toString(pid)));
  }
}
