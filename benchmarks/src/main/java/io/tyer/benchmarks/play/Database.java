package io.tyer.benchmarks.play;

import java.util.Locale;
import java.util.Optional;

/**
 * The SQL databases that are measured. Tyer on one of them has its scheme, as in {@code h2:x}; what
 * stands beside it has a scheme that ends with it, as in {@code spring-h2:x}.
 */
public enum Database {
  /** On a server, as the user {@code postgres} without a password. */
  POSTGRESQL,
  /** On a server, as the user {@code root} without a password. */
  MARIADB,
  /** In the memory of one JVM, by a name. */
  H2,
  /** A file in a directory. */
  SQLITE;

  private static final String FILE = "/locks.db";

  /** The database of an address; empty if it is of something else. */
  public static Optional<Database> of(Address address) {
    for (Database database : values()) {
      String name = database.scheme();
      if (address.scheme().equals(name) || address.scheme().endsWith("-" + name)) {
        return Optional.of(database);
      }
    }
    return Optional.empty();
  }

  /** The database of an address that has one. */
  public static Database require(Address address) {
    return of(address)
        .orElseThrow(() -> new IllegalArgumentException("no database's address: " + address));
  }

  public String scheme() {
    return name().toLowerCase(Locale.ROOT);
  }

  public boolean isServer() {
    return this == POSTGRESQL || this == MARIADB;
  }

  /** Tyer's address of a place; what it says of the user goes before what is usual. */
  public Address store(Address place) {
    Address store = new Address("jdbc", scheme() + ":" + location(place), place.query());
    return switch (this) {
      case POSTGRESQL -> store.withDefault("user", "postgres");
      case MARIADB -> store.withDefault("user", "root").withDefault("sslMode", "disable");
      case H2, SQLITE -> store;
    };
  }

  private String location(Address place) {
    return switch (this) {
      case POSTGRESQL, MARIADB -> place.location();
      case H2 -> "mem:" + place.location() + ";DB_CLOSE_DELAY=-1";
      case SQLITE -> place.location() + FILE;
    };
  }

  /** The JDBC URL of a place, for others than Tyer. */
  public String url(Address place) {
    return store(place.withoutOptions()).uri();
  }
}
