package io.tyer.store.file;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a client takes up in its process and in the store's directory.
 *
 * @param heapBytes in use after a collection
 * @param descriptors open files of this process
 * @param watches directories that the system watches for this process
 * @param threads of Tyer
 * @param files in the store, with directories
 * @param fileBytes what they hold
 */
record Footprint(
    long heapBytes, int descriptors, int watches, int threads, int files, long fileBytes) {

  static Footprint of(Path store) throws IOException {
    long heap = Long.MAX_VALUE;
    for (int i = 0; i < 4; i++) {
      System.gc();
      heap = Math.min(heap, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
    int files = 0;
    long bytes = 0;
    try (Stream<Path> all = Files.walk(store)) {
      for (Path each : all.toList()) {
        // Some come and go while they are looked at.
        files++;
        bytes += Files.isDirectory(each) ? 0 : each.toFile().length();
      }
    }
    return new Footprint(heap, countDescriptors(), countWatches(), countThreads(), files, bytes);
  }

  private static int countDescriptors() {
    String[] open = Path.of("/proc/self/fd").toFile().list();
    return open == null ? 0 : open.length;
  }

  private static int countWatches() throws IOException {
    String[] open = Path.of("/proc/self/fdinfo").toFile().list();
    int watches = 0;
    for (String descriptor : open == null ? new String[0] : open) {
      try {
        List<String> lines = Files.readAllLines(Path.of("/proc/self/fdinfo", descriptor));
        watches += (int) lines.stream().filter(line -> line.startsWith("inotify wd")).count();
      } catch (IOException e) {
        // Closed meanwhile: the one that lists them.
      }
    }
    return watches;
  }

  private static int countThreads() {
    return (int)
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().startsWith("tyer-"))
            .count();
  }
}
