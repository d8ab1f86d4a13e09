package io.tyer.benchmarks.peers;

import com.zaxxer.hikari.HikariDataSource;
import io.tyer.Lease;
import io.tyer.benchmarks.floors.SqlSession;
import io.tyer.benchmarks.play.Address;
import io.tyer.benchmarks.play.Database;
import io.tyer.benchmarks.server.SqlQuery;
import io.tyer.fence.JdbcFence;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Numbers in rows of a table. They are read and written by a statement each, in auto-commit mode;
 * or, behind a fence, within one transaction that checks the token first.
 */
final class SqlNumbers implements Numbers {

  private static final String TABLE =
      "CREATE TABLE measured_number (name VARCHAR(200) NOT NULL PRIMARY KEY, number BIGINT NOT"
          + " NULL)";

  private final HikariDataSource pool;
  private final JdbcFence fence = new JdbcFence();
  private final boolean fenced;

  private SqlNumbers(HikariDataSource pool, boolean fenced) {
    this.pool = pool;
    this.fenced = fenced;
  }

  static SqlNumbers open(Address place, boolean fenced) throws IOException {
    SqlQuery.makeTable(Database.require(place).url(place), "measured_number", TABLE);
    SqlNumbers numbers = new SqlNumbers(SqlPools.open(place), fenced);
    if (fenced) {
      try (Connection connection = numbers.pool.getConnection()) {
        numbers.fence.createTable(connection);
      } catch (SQLException e) {
        numbers.close();
        throw new IOException(e);
      }
    }
    return numbers;
  }

  @Override
  public long make(String name) throws SQLException {
    try (Connection connection = pool.getConnection()) {
      long found = read(connection, name);
      if (found >= 0) {
        return found;
      }
      try (PreparedStatement insert =
          SqlSession.prepare(connection, "INSERT INTO measured_number VALUES (?, 0)", name)) {
        insert.executeUpdate();
      }
      return 0;
    }
  }

  @Override
  public void add(String name, Lease lease, Runnable computation) throws Exception {
    if (fenced) {
      addBehindFence(name, lease, computation);
      return;
    }
    long old;
    try (Connection connection = pool.getConnection()) {
      old = read(connection, name);
    }
    computation.run();
    try (Connection connection = pool.getConnection()) {
      write(connection, name, old + 1);
    }
  }

  /** As the documentation of fences has it. */
  private void addBehindFence(String name, Lease lease, Runnable computation) throws SQLException {
    try (Connection connection = pool.getConnection()) {
      connection.setAutoCommit(false);
      try {
        fence.check(connection, name, lease);
        long old = read(connection, name);
        computation.run();
        lease.checkValid();
        write(connection, name, old + 1);
        connection.commit();
      } catch (SQLException | RuntimeException e) {
        connection.rollback();
        throw e;
      }
    }
  }

  /** Negative if it is not there. */
  private static long read(Connection connection, String name) throws SQLException {
    try (PreparedStatement select =
            SqlSession.prepare(
                connection, "SELECT number FROM measured_number WHERE name = ?", name);
        ResultSet row = select.executeQuery()) {
      return row.next() ? row.getLong(1) : -1;
    }
  }

  private static void write(Connection connection, String name, long number) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement("UPDATE measured_number SET number = ? WHERE name = ?")) {
      update.setLong(1, number);
      update.setString(2, name);
      if (update.executeUpdate() != 1) {
        throw new SQLException("the number " + name + " is gone");
      }
    }
  }

  @Override
  public void close() {
    pool.close();
  }
}
