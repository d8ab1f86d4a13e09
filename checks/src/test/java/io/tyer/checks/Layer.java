package io.tyer.checks;

import java.util.Set;

/** A package, and which others it may use. */
enum Layer {
  LINE(".line", true),
  SPI(".spi", true, LINE),
  /** Without the composition root, {@code Tyer} and {@code TyerBuilder}. */
  API("", true, LINE),
  ENGINE(".engine", true, API, SPI, LINE),
  /** The machine, behind what the SPI says of one. */
  SURROUNDINGS(".surroundings", true, SPI),
  MEMORY_STORE(".store.memory", true, SPI, LINE),
  RECORD_STORES(".store.record", true, SPI, LINE),
  ORDERED_STORES(".store.ordered", true, SPI, LINE),
  /** What stores have in common whose servers are reached by host and port. */
  NETWORK_STORES(".store.network", true, SPI),
  FILE_STORE(".store.file", false, RECORD_STORES, SPI, LINE),
  JDBC_STORE(".store.jdbc", false, RECORD_STORES, SPI, LINE),
  REDIS_STORE(".store.redis", false, NETWORK_STORES, SPI, LINE),
  ZOOKEEPER_STORE(".store.zookeeper", false, ORDERED_STORES, NETWORK_STORES, SPI, LINE),
  /** Generated: what clients and the lock server say to each other. */
  PROTOCOL(".protocol.v1", false),
  /** What goes beside it. */
  PROTOCOL_HEADERS(".protocol", false),
  REMOTE_STORE(".store.remote", false, PROTOCOL, PROTOCOL_HEADERS, NETWORK_STORES, SPI, LINE),
  ETCD_STORE(".store.etcd", false, ORDERED_STORES, NETWORK_STORES, SPI, LINE),
  /** Values: who may do what. */
  SERVER_ACCESS(".server.access", false, LINE),
  /** As pure as the line. */
  SERVER_STATE(".server.state", false, SERVER_ACCESS, SPI, LINE),
  SERVER_REPLICA(".server.replica", false, SERVER_ACCESS, SERVER_STATE, LINE),
  /** Knows no engine. */
  SERVER_LOG(".server.log", false, SERVER_ACCESS, SERVER_REPLICA, SERVER_STATE, SPI, LINE),
  /** The only one that knows Ratis. */
  SERVER_LOG_RATIS(".server.log.ratis", false, SERVER_LOG, SERVER_REPLICA),
  /** Whom any door lets in. */
  SERVER_GUARD(".server.guard", false, SERVER_ACCESS, SERVER_REPLICA, SERVER_STATE, LINE),
  SERVER_DOOR(
      ".server.door",
      false,
      PROTOCOL,
      PROTOCOL_HEADERS,
      SERVER_GUARD,
      SERVER_ACCESS,
      SERVER_REPLICA,
      SERVER_STATE,
      SPI,
      LINE),
  /** What a member does and has, in numbers. */
  SERVER_METRICS(".server.metrics", false, SERVER_REPLICA, SERVER_STATE, SPI),
  /** A second door, for those who speak plain HTTP; knows nothing of the first. */
  SERVER_HTTP(
      ".server.http", false, SERVER_GUARD, SERVER_ACCESS, SERVER_REPLICA, SERVER_STATE, SPI, LINE),
  SERVER_TLS(".server.tls", false),
  /** Knows leases and their tokens, and no store. */
  FENCE(".fence", false, API),
  /** What the fences do, for data on a Redis server; beside the store, and without it. */
  REDIS_FENCE(".store.redis.fence", false, FENCE, API),
  /** How programs read options, say what went wrong, and end. */
  COMMAND(".command", false, SPI, LINE, API),
  /**
   * Of the stores, the one that it uses unless told otherwise, and the one whose schema it prints.
   */
  CLI(".cli", false, COMMAND, FILE_STORE, JDBC_STORE, SPI, API);

  private final String suffix;
  private final boolean inCore;

  @SuppressWarnings("ImmutableEnumChecker") // a Set.of
  private final Set<Layer> mayUse;

  Layer(String suffix, boolean inCore, Layer... mayUse) {
    this.suffix = suffix;
    this.inCore = inCore;
    this.mayUse = Set.of(mayUse);
  }

  /** What follows the root package's name. */
  String suffix() {
    return suffix;
  }

  boolean inCore() {
    return inCore;
  }

  Set<Layer> mayUse() {
    return mayUse;
  }
}
