package io.tyer.store.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/** By what a server is told from another one that takes its place. */
interface Origin {

  /**
   * What the server behind a connection calls itself; empty where that says nothing of whether
   * commits were lost.
   *
   * @throws SQLException what {@link Failures#isReadOnly} recognises, if the server only reads
   */
  Optional<String> of(Connection connection) throws SQLException;

  /** Whether a server may be the primary again after another one has been. */
  boolean recurs();

  /** What is known of a dialect's servers. */
  static Origin in(Dialect dialect, Sql sql) {
    return switch (dialect) {
      case POSTGRESQL -> new TimeLine(sql.get("lineage"));
      case MYSQL, MARIADB -> new MysqlOrigin(sql.get("lineage"));
      case H2, SQLITE -> new Nowhere();
    };
  }

  /** PostgreSQL's time line: no other promotion or recovery has the same. */
  record TimeLine(String query) implements Origin {

    /** Empty on a standby, and where a database is only alike. */
    @Override
    public Optional<String> of(Connection connection) throws SQLException {
      try (Statement statement = connection.createStatement();
          ResultSet found = statement.executeQuery(query)) {
        return found.next() ? Optional.ofNullable(found.getString(1)) : Optional.empty();
      }
    }

    @Override
    public boolean recurs() {
      return false;
    }
  }

  /** Of a database that is a file, or lives in this process. */
  record Nowhere() implements Origin {
    @Override
    public Optional<String> of(Connection connection) {
      return Optional.empty();
    }

    @Override
    public boolean recurs() {
      return false;
    }
  }
}
