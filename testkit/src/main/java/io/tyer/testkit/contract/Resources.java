package io.tyer.testkit.contract;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What this process uses. */
final class Resources {

  private static final Path FD = Path.of("/proc/self/fd");

  private Resources() {}

  /** Bytes of heap that are reachable, as far as a few collections tell. */
  static long heapBytes() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 4; i++) {
      System.gc();
      least = Math.min(least, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
    return least;
  }

  /** Open files and connections of this process; none where the system does not tell. */
  static List<String> descriptors() {
    String[] open = FD.toFile().list();
    return open == null ? List.of() : Stream.of(open).map(Resources::whatIsOpen).toList();
  }

  private static String whatIsOpen(String descriptor) {
    try {
      return Files.readSymbolicLink(FD.resolve(descriptor)).toString();
    } catch (IOException e) {
      return "closed meanwhile";
    }
  }

  /** For messages: those that are open now and were not then. */
  static String openedSince(List<String> before) {
    List<String> now = new ArrayList<>(descriptors());
    before.forEach(now::remove);
    return "besides the " + before.size() + " descriptors of before: " + now;
  }
}
