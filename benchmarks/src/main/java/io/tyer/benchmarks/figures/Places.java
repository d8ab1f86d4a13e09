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
    DIRECTORY,
    /** A server, and perhaps a database of it; empty for one that is started for the run. */
    SERVER
  }

  private static final Map<String, Location> LOCATIONS =
      Map.ofEntries(
          Map.entry("memory", Location.NAME),
          Map.entry("reentrant", Location.NAME),
          Map.entry("clocked", Location.NAME),
          Map.entry("fair", Location.NAME),
          Map.entry("file", Location.DIRECTORY),
          Map.entry("try-lock", Location.DIRECTORY),
          Map.entry("hard-link", Location.DIRECTORY),
          Map.entry("mapped", Location.DIRECTORY),
          Map.entry("watched", Location.DIRECTORY),
          Map.entry("redis", Location.SERVER),
          Map.entry("lettuce", Location.SERVER),
          Map.entry("lettuce-line", Location.SERVER),
          Map.entry("lettuce-batons", Location.SERVER),
          Map.entry("redis-requests", Location.SERVER),
          Map.entry("redisson", Location.SERVER),
          Map.entry("redisson-fair", Location.SERVER),
          Map.entry("redisson-fenced", Location.SERVER),
          Map.entry("spring-redis", Location.SERVER),
          Map.entry("spring-redis-spin", Location.SERVER),
          Map.entry("shedlock-redis", Location.SERVER));

  private Places() {}

  /** Whether a store that nobody has used can be had; else only the names are new. */
  static boolean canBeFresh(Address address) {
    return LOCATIONS.containsKey(address.scheme());
  }

  /** Whether its stores are shared by processes. */
  static boolean spansProcesses(Address address) {
    return LOCATIONS.get(address.scheme()) != Location.NAME;
  }

  /**
   * An address below this one that nobody has used yet; of a server the same, which is emptied
   * between runs.
   */
  static Address fresh(Address address, String leaf) {
    if (!canBeFresh(address) || isServer(address)) {
      return address;
    }
    char separator = isDirectory(address) ? '/' : '-';
    return address.at(address.location() + separator + leaf);
  }

  /** A store beside the one that a run uses, which nobody has used yet. */
  static Address second(Address place) {
    return isServer(place)
        ? place.at("//" + RedisLocation.of(place).authority() + "/1")
        : fresh(place, "second");
  }

  /**
   * Whether it can be measured.
   *
   * @throws IllegalArgumentException if not
   */
  static void check(Address address) {
    if (isServer(address) && !address.location().isEmpty()) {
      RedisLocation unused = RedisLocation.of(address);
    }
  }

  static boolean isServer(Address address) {
    return LOCATIONS.get(address.scheme()) == Location.SERVER;
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
