package io.tyer.benchmarks.figures;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What the schemes of addresses mean: where a store is that nobody has used yet. */
final class Places {

  /** What stands between scheme and query. */
  private enum Location {
    /** A name within one JVM. */
    NAME,
    /** A directory. */
    DIRECTORY
  }

  private static final Map<String, Location> LOCATIONS =
      Map.of(
          "memory", Location.NAME,
          "reentrant", Location.NAME,
          "clocked", Location.NAME,
          "fair", Location.NAME,
          "file", Location.DIRECTORY,
          "try-lock", Location.DIRECTORY,
          "hard-link", Location.DIRECTORY,
          "mapped", Location.DIRECTORY,
          "watched", Location.DIRECTORY);

  private Places() {}

  /** Whether a store that nobody has used can be had; else only the names are new. */
  static boolean canBeFresh(Address address) {
    return LOCATIONS.containsKey(address.scheme());
  }

  /** Whether its stores are shared by processes. */
  static boolean spansProcesses(Address address) {
    return LOCATIONS.get(address.scheme()) != Location.NAME;
  }

  /** An address below this one that nobody has used yet. */
  static Address fresh(Address address, String leaf) {
    if (!canBeFresh(address)) {
      return address;
    }
    char separator = isDirectory(address) ? '/' : '-';
    return address.at(address.location() + separator + leaf);
  }

  static boolean isDirectory(Address address) {
    return LOCATIONS.get(address.scheme()) == Location.DIRECTORY;
  }

  /** The directory it names. */
  static Path directory(Address address) {
    return Path.of(address.location());
  }

  /** Makes a fresh place, if it is a directory. */
  static void make(Address fresh) throws IOException {
    if (isDirectory(fresh)) {
      Files.createDirectories(directory(fresh));
    }
  }

  /** Removes a fresh place with all that is in it. */
  static void clear(Address fresh) throws IOException {
    if (!isDirectory(fresh)) {
      return;
    }
    List<Path> deepestFirst;
    try (Stream<Path> all = Files.walk(directory(fresh))) {
      deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : deepestFirst) {
      Files.deleteIfExists(path);
    }
  }
}
