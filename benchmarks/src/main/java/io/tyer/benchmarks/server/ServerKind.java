package io.tyer.benchmarks.server;

import io.tyer.benchmarks.play.Address;
import io.tyer.benchmarks.play.Database;
import java.io.IOException;
import java.net.URI;

/** The servers that can be started for a command, and asked what they use. */
public enum ServerKind {
  REDIS,
  POSTGRESQL,
  MARIADB,
  ETCD,
  ZOOKEEPER,
  TYER;

  /** The server of an address that wants one. */
  public static ServerKind of(Address address) {
    return Database.of(address)
        .map(ServerKind::of)
        .orElseGet(
            () ->
                switch (address.scheme()) {
                  case Etcd.PUT, Etcd.LOCK, Etcd.STORE -> ETCD;
                  case OwnZooKeeper.SCHEME, OwnZooKeeper.CURATOR, OwnZooKeeper.NODES -> ZOOKEEPER;
                  case OwnTyer.SCHEME -> TYER;
                  default -> REDIS;
                });
  }

  private static ServerKind of(Database database) {
    return switch (database) {
      case POSTGRESQL -> POSTGRESQL;
      case MARIADB -> MARIADB;
      case H2, SQLITE -> throw new IllegalArgumentException(database + " has no server");
    };
  }

  /** What tells servers apart of which an address wants one of its own. */
  String variant(Address address) {
    return this == TYER && OwnTyer.secured(address) ? name() + OwnTyer.TLS : name();
  }

  /** One for this command only, as the address wants it. */
  OwnServer start(Address address) throws IOException {
    return switch (this) {
      case REDIS -> OwnStore.redis();
      case POSTGRESQL -> OwnStore.postgresql();
      case MARIADB -> OwnStore.mariaDb();
      case ETCD -> OwnEtcd.start();
      case ZOOKEEPER -> OwnZooKeeper.start();
      case TYER -> OwnTyer.start(address);
    };
  }

  /** Whether it is several processes that stand for each other. */
  boolean isGroup() {
    return this == ETCD || this == ZOOKEEPER || this == TYER;
  }

  /** Connected to the members of this address. */
  Group group(Address place) throws IOException {
    return switch (this) {
      case ETCD -> Etcd.at(place);
      case ZOOKEEPER -> ZooKeeperMembers.at(place);
      case TYER -> TyerGroup.at(place);
      case REDIS, POSTGRESQL, MARIADB -> throw new IllegalArgumentException(place + " is no group");
    };
  }

  /** Connected to the one of this address. */
  ServerGauge gauge(Address place) throws IOException {
    return switch (this) {
      case REDIS -> new RedisConnection(RedisLocation.of(place));
      case POSTGRESQL, MARIADB -> SqlGauge.of(place);
      case ETCD, ZOOKEEPER, TYER -> new GroupGauge(place);
    };
  }

  /**
   * Whether one that is running can be measured at this address.
   *
   * @throws IllegalArgumentException if not, saying what can
   */
  void check(Address address) {
    if (this == REDIS) {
      RedisLocation unused = RedisLocation.of(address);
      return;
    }
    if (isGroup()) {
      GroupLocation unused = GroupLocation.of(address);
      return;
    }
    URI uri = URI.create(address.scheme() + ":" + address.location());
    if (uri.getHost() == null || uri.getUserInfo() != null || uri.getPath().length() < 2) {
      Database database = Database.require(address);
      throw new IllegalArgumentException(
          "one server is measured that lets its administrator in without a password, as in "
              + database.scheme()
              + "://host:port/database, or one that is started for it, as in "
              + database.scheme()
              + ": - not "
              + address);
    }
  }
}
