package io.tyer.benchmarks.report;

import io.tyer.benchmarks.server.Etcd;
import io.tyer.benchmarks.server.OwnTyer;
import io.tyer.benchmarks.server.OwnZooKeeper;
import io.tyer.drawing.BarChart.Drawn;
import java.util.Map;

/**
 * How what was measured appears in charts, in all of them alike.
 *
 * @param name for people
 * @param colour one for each library, and Tyer's own
 * @param kind what it is
 */
record Player(String name, String colour, Kind kind) {

  /** What can be measured. */
  enum Kind {
    TYER,
    /** Another library's lock. */
    PEER,
    /** Less than a lock. */
    FLOOR;

    /** Only what could be used instead of each other is compared by length. */
    Drawn drawn() {
      return this == FLOOR ? Drawn.STROKE : Drawn.BAR;
    }
  }

  static final String OF_TYER = "#1f5fa8";
  static final String OF_FLOORS = "#777777";
  private static final String OF_REDISSON = "#c8453b";
  private static final String OF_SPRING = "#4a9a3f";
  private static final String OF_SHEDLOCK = "#8b5bb0";
  private static final String OF_CURATOR = "#b05a7a";
  private static final String OF_JETCD = "#e08a1e";

  /** By scheme; of peers and floors on databases, by what stands before the database's name. */
  private static final Map<String, Player> BY_SCHEME =
      Map.ofEntries(
          tyer("memory", "Tyer in memory"),
          tyer("file", "Tyer on files"),
          tyer("redis", "Tyer on Redis"),
          tyer("postgresql", "Tyer on PostgreSQL"),
          tyer("mariadb", "Tyer on MariaDB"),
          tyer("h2", "Tyer on H2"),
          tyer("sqlite", "Tyer on SQLite"),
          tyer(OwnTyer.SCHEME, "Tyer's lock server"),
          tyer(Etcd.STORE, "Tyer on etcd"),
          tyer(OwnZooKeeper.SCHEME, "Tyer on ZooKeeper"),
          tyer("versioned", "Versioned, no lock"),
          tyer("fenced", "Tyer with a fence"),
          peer("redisson", "Redisson's lock", OF_REDISSON),
          peer("redisson-fair", "Redisson's fair lock", OF_REDISSON),
          peer("redisson-fenced", "Redisson's fenced lock", OF_REDISSON),
          peer("spring-redis-spin", "Spring Integration, spinning", OF_SPRING),
          peer("spring", "Spring Integration", OF_SPRING),
          peer("shedlock", "ShedLock (nobody waits)", OF_SHEDLOCK),
          peer(OwnZooKeeper.CURATOR, "Curator's InterProcessMutex", OF_CURATOR),
          peer(Etcd.LOCK, "jetcd's lock", OF_JETCD),
          floor("reentrant", "ReentrantLock"),
          floor("clocked", "ReentrantLock, two clocks"),
          floor("fair", "fair ReentrantLock"),
          floor("hard-link", "a hard link"),
          floor("try-lock", "a file lock"),
          floor("mapped", "a mapped word"),
          floor("watched", "a watched file"),
          floor("lettuce", "two bare scripts"),
          floor("lettuce-line", "a list and a message"),
          floor("lettuce-batons", "a list, handed on"),
          floor("redis-requests", "Tyer's scripts alone"),
          floor("advisory", "pg_advisory_lock"),
          floor("get-lock", "GET_LOCK"),
          floor("insert", "a row in and out"),
          floor("insert-later", "a row in, out later"),
          floor(OwnZooKeeper.NODES, "a node in and out"),
          floor(Etcd.PUT, "a put in etcd"));

  private static Map.Entry<String, Player> tyer(String scheme, String name) {
    return Map.entry(scheme, new Player(name, OF_TYER, Kind.TYER));
  }

  private static Map.Entry<String, Player> peer(String scheme, String name, String colour) {
    return Map.entry(scheme, new Player(name, colour, Kind.PEER));
  }

  private static Map.Entry<String, Player> floor(String scheme, String name) {
    return Map.entry(scheme, new Player("floor: " + name, OF_FLOORS, Kind.FLOOR));
  }

  /** Of what reports call so: an address, or a scheme, and perhaps the row that was measured. */
  static Player of(String label) {
    int comma = label.indexOf(", ");
    String address = comma < 0 ? label : label.substring(0, comma);
    int colon = address.indexOf(':');
    String scheme = colon < 0 ? address : address.substring(0, colon);
    Player player = ofScheme(scheme);
    int query = address.indexOf('?');
    String options = query < 0 ? "" : ", " + inWords(address.substring(query + 1));
    String row = comma < 0 ? "" : label.substring(comma);
    return new Player(player.name + options + row, player.colour, player.kind);
  }

  private static Player ofScheme(String scheme) {
    Player exact = BY_SCHEME.get(scheme);
    int last = scheme.lastIndexOf('-');
    if (exact != null || last < 0) {
      return exact != null ? exact : new Player(scheme, OF_FLOORS, Kind.PEER);
    }
    Player family = ofScheme(scheme.substring(0, last));
    String store = ofScheme(scheme.substring(last + 1)).name.replaceFirst("^Tyer", "");
    boolean ofTyer = family.kind == Kind.TYER;
    return ofTyer ? new Player(family.name + store, family.colour, family.kind) : family;
  }

  private static String inWords(String options) {
    return options.replace("bias=true", "with bias").replace("tls=on", "TLS").replace("&", ", ");
  }
}
