package io.tyer.benchmarks.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What is done with whole directories. */
final class Directories {

  private Directories() {}

  /** Removes it with all that is in it. */
  static void remove(Path directory) throws IOException {
    List<Path> deepestFirst;
    try (Stream<Path> all = Files.walk(directory)) {
      deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : deepestFirst) {
      Files.deleteIfExists(path);
    }
  }

  /** On what kind of file system it lies, for people. */
  static String described(Path directory) throws IOException {
    return "on this machine, in a directory on " + Files.getFileStore(directory).type();
  }
}
