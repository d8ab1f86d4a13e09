package io.tyer.testkit.contract;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;

/** What this process uses. */
final class Resources {

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

  /** Open files and connections of this process; 0 where the system does not tell. */
  static int descriptors() {
    String[] open = Path.of("/proc/self/fd").toFile().list();
    return open == null ? 0 : open.length;
  }
}
