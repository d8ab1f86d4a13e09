package io.tyer.fence;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLTransactionRollbackException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What databases do differently. Names of resources are compared byte by byte: no case, no trailing
 * blanks and no collation makes two of them one. No decision is left to counts of changed rows,
 * which drivers count as they are told to.
 */
enum Dialect {
  POSTGRESQL("bytea", "bytea", "bigint", "", Set.of()) {
    @Override
    long raise(Connection connection, String table, byte[] name, long token) throws SQLException {
      return insertReturning(connection, table, "greatest", name, token);
    }
  },

  /** MySQL and MariaDB. Whatever the server's default is: only InnoDB has transactions. */
  MYSQL(
      "varbinary(512)", "longblob", "bigint", " ENGINE=InnoDB", Set.of(MySql.CHANGED_SINCE_READ)) {
    @Override
    long raise(Connection connection, String table, byte[] name, long token) throws SQLException {
      try (PreparedStatement insert =
          connection.prepareStatement(
              "INSERT INTO "
                  + table
                  + " (resource, token) VALUES (?, ?)"
                  + " ON DUPLICATE KEY UPDATE token = GREATEST(token, ?)")) {
        insert.setBytes(1, name);
        insert.setLong(2, token);
        insert.setLong(3, token);
        insert.execute();
      }
      return newest(connection, table, name);
    }
  },

  H2(
      "varbinary(512)",
      "blob",
      "bigint",
      "",
      Set.of(H2Codes.CONCURRENT_UPDATE, H2Codes.ROW_NOT_FOUND, H2Codes.LOCK_TIMEOUT)) {
    @Override
    long raise(Connection connection, String table, byte[] name, long token) throws SQLException {
      for (int i = 0; i < MOST_ATTEMPTS; i++) {
        update(connection, table, name, token);
        long newest = newest(connection, table, name);
        if (newest >= token || insert(connection, table, name, token)) {
          return Math.max(newest, token);
        }
      }
      // The row is of after the snapshot that this transaction looks at.
      throw toRepeat(null);
    }

    private void update(Connection connection, String table, byte[] name, long token)
        throws SQLException {
      try (PreparedStatement update =
          connection.prepareStatement(
              "UPDATE " + table + " SET token = ? WHERE resource = ? AND token <= ?")) {
        update.setLong(1, token);
        update.setBytes(2, name);
        update.setLong(3, token);
        update.execute();
      }
    }

    private boolean insert(Connection connection, String table, byte[] name, long token)
        throws SQLException {
      try (PreparedStatement insert =
          connection.prepareStatement(
              "INSERT INTO " + table + " (resource, token) VALUES (?, ?)")) {
        insert.setBytes(1, name);
        insert.setLong(2, token);
        insert.execute();
        return true;
      } catch (SQLException e) {
        if (H2Codes.DUPLICATE == e.getErrorCode()) {
          return false;
        }
        throw e;
      }
    }
  },

  /** Has one writer at a time, of all its tables. */
  SQLITE("blob", "blob", "integer", "", Set.of(Sqlite.BUSY, Sqlite.LOCKED, Sqlite.BUSY_SNAPSHOT)) {
    @Override
    long raise(Connection connection, String table, byte[] name, long token) throws SQLException {
      return insertReturning(connection, table, "max", name, token);
    }
  };

  private static final int MOST_ATTEMPTS = 3;
  private static final String SERIALIZATION_FAILURE = "40001";

  private final String bytes;
  private final String content;
  private final String integer;
  private final String engine;

  @SuppressWarnings("ImmutableEnumChecker") // a Set.of
  private final Set<Integer> conflicts;

  Dialect(String bytes, String content, String integer, String engine, Set<Integer> conflicts) {
    this.bytes = bytes;
    this.content = content;
    this.integer = integer;
    this.engine = engine;
    this.conflicts = conflicts;
  }

  private static final class MySql {
    static final int CHANGED_SINCE_READ = 1020;
    static final int DUPLICATE = 1062;
  }

  private static final class H2Codes {
    static final int DUPLICATE = 23505;
    static final int CONCURRENT_UPDATE = 90131;

    /** A row that another transaction has just rolled back was met in an index. */
    static final int ROW_NOT_FOUND = 90143;

    /** Another transaction holds a row, or H2 has met such a row again for as long. */
    static final int LOCK_TIMEOUT = 50200;
  }

  private static final class Sqlite {
    static final int BUSY = 5;
    static final int LOCKED = 6;
    static final int BUSY_SNAPSHOT = 517;
  }

  static Dialect of(Connection connection) throws SQLException {
    String product = connection.getMetaData().getDatabaseProductName();
    return switch (product.toLowerCase(Locale.ROOT)) {
      case "postgresql" -> POSTGRESQL;
      case "mysql", "mariadb" -> MYSQL;
      case "h2" -> H2;
      case "sqlite" -> SQLITE;
      default ->
          throw new SQLFeatureNotSupportedException(
              "tokens are checked in PostgreSQL, MySQL, MariaDB, H2 and SQLite; this is "
                  + product
                  + ". A column of your own does it in any: see JdbcFence.checkUpdated",
              "0A000");
    };
  }

  String ddl(String table) {
    return "CREATE TABLE IF NOT EXISTS "
        + table
        + " (resource "
        + bytes
        + " NOT NULL PRIMARY KEY, token "
        + integer
        + " NOT NULL)"
        + engine;
  }

  /** The statement that makes a table of versions. */
  String versionsDdl(String table) {
    return "CREATE TABLE IF NOT EXISTS "
        + table
        + " (resource "
        + bytes
        + " NOT NULL PRIMARY KEY, version varchar(32) NOT NULL, previous varchar(32), content "
        + content
        + " NOT NULL)"
        + engine;
  }

  /** How an INSERT goes on that does nothing where there is such a row; empty: it fails then. */
  String unlessThere() {
    return switch (this) {
      case POSTGRESQL, SQLITE -> " ON CONFLICT (resource) DO NOTHING";
      case MYSQL, H2 -> "";
    };
  }

  /** Whether an INSERT failed since there is such a row, and nothing else did. */
  boolean saysDuplicate(SQLException e) {
    return switch (this) {
      case H2 -> e.getErrorCode() == H2Codes.DUPLICATE;
      case MYSQL -> e.getErrorCode() == MySql.DUPLICATE;
      case POSTGRESQL, SQLITE -> false;
    };
  }

  /**
   * Sets the resource's token unless it is larger, and keeps its row locked until the transaction
   * ends.
   *
   * @return what it is now
   */
  abstract long raise(Connection connection, String table, byte[] name, long token)
      throws SQLException;

  /** One statement, where the database can: PostgreSQL, and SQLite from 3.35 on. */
  private static long insertReturning(
      Connection connection, String table, String larger, byte[] name, long token)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO "
                + table
                + " AS seen (resource, token) VALUES (?, ?) ON CONFLICT (resource) DO UPDATE SET"
                + " token = "
                + larger
                + "(seen.token, excluded.token) RETURNING token")) {
      insert.setBytes(1, name);
      insert.setLong(2, token);
      try (ResultSet row = insert.executeQuery()) {
        return row.next() ? row.getLong(1) : 0;
      }
    }
  }

  /** What any transaction has committed, or this one has written; 0 if there is nothing. */
  private static long newest(Connection connection, String table, byte[] name) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT token FROM " + table + " WHERE resource = ? FOR UPDATE")) {
      select.setBytes(1, name);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? row.getLong(1) : 0;
      }
    }
  }

  /** Whether another transaction was in the way, and this one is to be repeated. */
  boolean saysConflict(SQLException e) {
    return conflicts.contains(e.getErrorCode());
  }

  /** What all databases say in the same way then. */
  static SQLTransactionRollbackException toRepeat(@Nullable SQLException cause) {
    return new SQLTransactionRollbackException(
        "another transaction was in the way of the check: roll back, and repeat from it on"
            + (cause == null ? "" : " (" + cause.getMessage() + ")"),
        SERIALIZATION_FAILURE,
        cause == null ? 0 : cause.getErrorCode(),
        cause);
  }
}
