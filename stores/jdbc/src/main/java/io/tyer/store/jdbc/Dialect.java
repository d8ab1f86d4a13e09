package io.tyer.store.jdbc;

import java.util.Map;
import java.util.Optional;

/** The databases whose SQL is known. */
enum Dialect {
  POSTGRESQL("postgresql", "postgresql", true, "org.postgresql:postgresql"),
  MYSQL("mysql", "mysql", true, "com.mysql:mysql-connector-j"),
  MARIADB("mariadb", "mysql", true, "org.mariadb.jdbc:mariadb-java-client"),
  H2("h2", "h2", false, "com.h2database:h2"),
  SQLITE("sqlite", "sqlite", false, "org.xerial:sqlite-jdbc");

  /** The setting of H2 that says what it writes to a file beside the database. */
  static final String H2_TRACE_FILE = "TRACE_LEVEL_FILE";

  private final String subprotocol;
  private final String files;
  private final boolean server;
  private final String driver;

  Dialect(String subprotocol, String files, boolean server, String driver) {
    this.subprotocol = subprotocol;
    this.files = files;
    this.server = server;
    this.driver = driver;
  }

  /** The dialect of a JDBC URL without its {@code jdbc:}. */
  static Optional<Dialect> ofLocation(String location) {
    for (Dialect dialect : values()) {
      if (location.startsWith(dialect.subprotocol + ":")) {
        return Optional.of(dialect);
      }
    }
    return Optional.empty();
  }

  /** The dialect of a database that calls itself so. */
  static Optional<Dialect> ofProduct(String name) {
    for (Dialect dialect : values()) {
      if (dialect.name().equalsIgnoreCase(name)) {
        return Optional.of(dialect);
      }
    }
    return Optional.empty();
  }

  /** With what the names of its resource files begin. */
  String files() {
    return files;
  }

  /** Whether it is reached over a network, so that a statement may hang on one. */
  boolean server() {
    return server;
  }

  /**
   * What the driver is told: how long to wait for a server that does not answer, and which.
   *
   * @param hosts how many are tried one after the other
   */
  Map<String, String> properties(int millis, int hosts) {
    return switch (this) {
      case POSTGRESQL -> {
        String seconds = Integer.toString((millis + 999) / 1000);
        // Of several hosts, the one that writes: what a replica answers may be old.
        yield Map.of(
            "connectTimeout", seconds, "socketTimeout", seconds, "targetServerType", "primary");
      }
      case MYSQL, MARIADB -> {
        String connect = Integer.toString(Math.max(1, millis / hosts));
        yield Map.of("connectTimeout", connect, "socketTimeout", Integer.toString(millis));
      }
      // H2 would write its errors to a file that everybody may read.
      case H2 -> Map.of(H2_TRACE_FILE, "0");
      case SQLITE -> Map.of();
    };
  }

  /** The artifact that has its driver. */
  String driver() {
    return driver;
  }

  /** Whether names are bytes to it, and not text. */
  boolean namesAreBytes() {
    return files.equals("mysql");
  }
}
