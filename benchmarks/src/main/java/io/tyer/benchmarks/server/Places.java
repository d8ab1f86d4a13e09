package io.tyer.benchmarks.server;

import io.tyer.benchmarks.play.Address;
import io.tyer.benchmarks.play.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the schemes of addresses mean: where a store is that nobody has used yet. */
public final class Places {

  /** What stands between scheme and query. */
  private enum Location {
    /** A name within one JVM. */
    NAME,
    /** A directory; empty for one that is made for the run. */
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
          Map.entry("versioned-memory", Location.NAME),
          Map.entry("versioned-redis", Location.SERVER),
          Map.entry("fenced-redis", Location.SERVER),
          Map.entry(OwnTyer.SCHEME, Location.SERVER),
          Map.entry(OwnZooKeeper.SCHEME, Location.SERVER),
          Map.entry(OwnZooKeeper.CURATOR, Location.SERVER),
          Map.entry(OwnZooKeeper.NODES, Location.SERVER),
          Map.entry(Etcd.PUT, Location.SERVER),
          Map.entry(Etcd.LOCK, Location.SERVER),
          Map.entry(Etcd.STORE, Location.SERVER),
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

  private static final Map<Database, Location> DATABASES =
      Map.of(
          Database.POSTGRESQL, Location.SERVER,
          Database.MARIADB, Location.SERVER,
          Database.H2, Location.NAME,
          Database.SQLITE, Location.DIRECTORY);

  private Places() {}

  private static @Nullable Location location(Address address) {
    return Database.of(address).map(DATABASES::get).orElse(LOCATIONS.get(address.scheme()));
  }

  /** Whether a store that nobody has used can be had; else only the names are new. */
  static boolean canBeFresh(Address address) {
    return location(address) != null;
  }

  /** Whether its stores are shared by processes. */
  public static boolean spansProcesses(Address address) {
    return location(address) != Location.NAME;
  }

  /**
   * An address below this one that nobody has used yet; of a server the same, which is emptied
   * between runs.
   */
  public static Address fresh(Address address, String leaf) {
    if (!canBeFresh(address) || isServer(address)) {
      return address;
    }
    char separator = isDirectory(address) ? '/' : '-';
    return address.at(address.location() + separator + leaf);
  }

  /** Whether there can be a store beside the one of this address. */
  public static boolean hasSecond(Address address) {
    return canBeFresh(address) && !(isServer(address) && ServerKind.of(address).isGroup());
  }

  /** A store beside the one that a run uses, which nobody has used yet. */
  public static Address second(Address place) {
    if (!isServer(place)) {
      return fresh(place, "second");
    }
    return Database.of(place).isPresent()
        ? place.with("prefix", "second")
        : place.at("//" + RedisLocation.of(place).authority() + "/1");
  }

  /**
   * Whether it can be measured.
   *
   * @throws IllegalArgumentException if not
   */
  public static void check(Address address) {
    OwnTyer.check(address);
    if (isServer(address) && !address.location().isEmpty()) {
      ServerKind.of(address).check(address);
    }
  }

  public static boolean isServer(Address address) {
    return location(address) == Location.SERVER;
  }

  public static boolean isDirectory(Address address) {
    return location(address) == Location.DIRECTORY;
  }

  /** The directory it names. */
  public static Path directory(Address address) {
    return Path.of(address.location());
  }

  /** Makes a fresh place, if it is a directory. */
  public static void make(Address fresh) throws IOException {
    if (isDirectory(fresh)) {
      Files.createDirectories(directory(fresh));
    }
  }

  /** Removes a fresh place with all that is in it. */
  public static void clear(Address fresh) throws IOException {
    if (!isDirectory(fresh)) {
      return;
    }
    Directories.remove(directory(fresh));
  }
}
