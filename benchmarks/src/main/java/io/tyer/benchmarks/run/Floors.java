package io.tyer.benchmarks.run;

import io.tyer.benchmarks.peers.Subjects;
import io.tyer.benchmarks.play.Address;
import io.tyer.benchmarks.rows.ContendedRow;
import io.tyer.benchmarks.rows.Row;
import io.tyer.benchmarks.rows.Rows;
import io.tyer.benchmarks.server.Etcd;
import io.tyer.benchmarks.server.OwnTyer;
import io.tyer.benchmarks.server.OwnZooKeeper;
import io.tyer.benchmarks.server.Places;
import io.tyer.benchmarks.server.ServerKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What each store is measured beside: the least that any lock of its kind could cost, and the locks
 * of other libraries, from the same machine in the same minutes.
 */
public final class Floors {

  private static final String REENTRANT = "reentrant";
  private static final String CLOCKED = "clocked";
  private static final String FAIR = "fair";

  private static final String HANDS_ON = "lettuce-batons";

  private static final List<String> WAITING_ON_REDIS =
      List.of("lettuce-line", "redisson", "redisson-fair", "redisson-fenced", "spring-redis");

  /** By scheme and by what a row is about: the schemes of what stands beside. */
  private static final Map<String, Map<Row.Kind, List<String>>> TABLE =
      Map.of(
          OwnTyer.SCHEME,
          Map.of(
              Row.Kind.ACQUIRE, List.of(Etcd.PUT, Etcd.LOCK),
              Row.Kind.FLIGHT, List.of(Etcd.PUT),
              Row.Kind.PAIRS, List.of(Etcd.PUT, Etcd.LOCK),
              Row.Kind.CONTENDED, List.of(Etcd.LOCK),
              Row.Kind.WAKE_UP, List.of(Etcd.LOCK),
              Row.Kind.FAILOVER, List.of(Etcd.PUT)),
          Etcd.STORE,
          Map.of(
              Row.Kind.ACQUIRE, List.of(Etcd.PUT, Etcd.LOCK),
              Row.Kind.FLIGHT, List.of(Etcd.PUT),
              Row.Kind.PAIRS, List.of(Etcd.PUT, Etcd.LOCK),
              Row.Kind.CONTENDED, List.of(Etcd.LOCK),
              Row.Kind.WAKE_UP, List.of(Etcd.LOCK),
              Row.Kind.FAILOVER, List.of(Etcd.PUT)),
          OwnZooKeeper.SCHEME,
          Map.of(
              Row.Kind.PAIRS, List.of(OwnZooKeeper.NODES, OwnZooKeeper.CURATOR),
              Row.Kind.CONTENDED, List.of(OwnZooKeeper.CURATOR),
              Row.Kind.WAKE_UP, List.of(OwnZooKeeper.CURATOR)),
          "postgresql",
          Map.of(
              Row.Kind.PAIRS,
              List.of(
                  "advisory-postgresql",
                  "insert-postgresql",
                  "insert-later-postgresql",
                  "spring-postgresql",
                  "shedlock-postgresql"),
              Row.Kind.CONTENDED,
              List.of("advisory-postgresql", "spring-postgresql"),
              Row.Kind.WAKE_UP,
              List.of("advisory-postgresql", "spring-postgresql"),
              Row.Kind.HELD,
              List.of("shedlock-postgresql"),
              Row.Kind.UPDATES,
              List.of("versioned-postgresql", "fenced-postgresql")),
          "mariadb",
          Map.of(
              Row.Kind.PAIRS,
              List.of("get-lock-mariadb", "insert-mariadb", "spring-mariadb", "shedlock-mariadb"),
              Row.Kind.CONTENDED,
              List.of("get-lock-mariadb", "spring-mariadb"),
              Row.Kind.WAKE_UP,
              List.of("get-lock-mariadb", "spring-mariadb"),
              Row.Kind.HELD,
              List.of("shedlock-mariadb"),
              Row.Kind.UPDATES,
              List.of("versioned-mariadb", "fenced-mariadb")),
          "h2",
          Map.of(
              Row.Kind.PAIRS, List.of("insert-h2", "spring-h2", "shedlock-h2"),
              Row.Kind.CONTENDED, List.of("spring-h2"),
              Row.Kind.WAKE_UP, List.of("spring-h2"),
              Row.Kind.UPDATES, List.of("versioned-h2", "fenced-h2")),
          "sqlite",
          Map.of(Row.Kind.PAIRS, List.of("insert-sqlite")),
          "memory",
          Map.of(
              Row.Kind.PAIRS, List.of(REENTRANT),
              Row.Kind.CONTENDED, List.of(FAIR),
              Row.Kind.WAKE_UP, List.of(FAIR),
              Row.Kind.UPDATES, List.of("versioned-memory")),
          "file",
          Map.of(
              Row.Kind.PAIRS, List.of("hard-link", "try-lock"),
              Row.Kind.CONTENDED, List.of(FAIR, "mapped"),
              Row.Kind.WAKE_UP, List.of("watched")),
          "redis",
          Map.of(
              Row.Kind.PAIRS,
              List.of(
                  "lettuce",
                  "redis-requests",
                  "redisson",
                  "redisson-fair",
                  "redisson-fenced",
                  "spring-redis",
                  "spring-redis-spin",
                  "shedlock-redis"),
              Row.Kind.CONTENDED,
              Stream.concat(Stream.of(HANDS_ON), WAITING_ON_REDIS.stream()).toList(),
              Row.Kind.WAKE_UP,
              WAITING_ON_REDIS,
              Row.Kind.HELD,
              List.of("redisson", "spring-redis", "shedlock-redis"),
              Row.Kind.UPDATES,
              List.of("versioned-redis", "fenced-redis")));

  private Floors() {}

  /** The floors beside which this subject's row stands. */
  public static List<Run> of(Row row, Address subject) {
    List<Run> floors = new ArrayList<>();
    if (row.kind() == Row.Kind.RECALL) {
      floors.add(new Run(row, Rows.WAKE_UP, subject.unbiased()));
      return floors;
    }
    Row measured = row.beside();
    if (subject.biased() && row.kind() == Row.Kind.PAIRS) {
      floors.add(new Run(row, measured, new Address(REENTRANT, "floor", "")));
      floors.add(new Run(row, measured, new Address(CLOCKED, "floor", "")));
      if (Places.isServer(subject)) {
        // A pair that asks no server is not compared with those that do.
        return floors;
      }
    }
    if (OwnTyer.secured(subject)) {
      floors.add(new Run(row, measured, subject.without(OwnTyer.TLS)));
    }
    for (String scheme :
        TABLE.getOrDefault(subject.scheme(), Map.of()).getOrDefault(row.kind(), List.of())) {
      if (scheme.equals(HANDS_ON) && row instanceof ContendedRow contended && !contended.batons()) {
        continue;
      }
      Address floor = new Address(scheme, location(scheme, subject), "");
      Run run = new Run(row, row.suits(floor, Subjects.of(floor)) ? row : measured, floor);
      if (!floors.contains(run)) {
        floors.add(run);
      }
    }
    return floors;
  }

  /** In the same file system, or on the same server. */
  private static String location(String scheme, Address subject) {
    Address floor = new Address(scheme, "", "");
    if (Places.isServer(subject) && Places.isServer(floor)) {
      // What has no server in common has one started for it.
      return ServerKind.of(floor) == ServerKind.of(subject) ? subject.location() : "";
    }
    return Places.isDirectory(floor) || Places.isServer(floor) ? subject.location() : "floor";
  }
}
