package io.tyer.example.frame;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;

/** Short transactions, each on a connection from the pool. For use by many threads. */
public final class Transactions {

  private final DataSource dataSource;

  /** On connections of this source, at the isolation level that it gives them. */
  public Transactions(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /**
   * What is done in a transaction.
   *
   * @param <T> what comes of it
   */
  @FunctionalInterface
  public interface Work<T> {
    /** Does it on this connection; an exception rolls it back. */
    T on(Connection connection) throws SQLException;
  }

  /** Does it and commits, or rolls back and throws what the work has thrown. */
  public <T> T call(Work<T> work) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      try {
        T result = work.on(connection);
        connection.commit();
        return result;
      } catch (SQLException | RuntimeException e) {
        rollBack(connection, e);
        throw e;
      }
    }
  }

  /** What makes some tables. */
  @FunctionalInterface
  public interface Creation {
    /** Makes them. */
    void on(Connection connection) throws SQLException;
  }

  /** Makes tables, and executes what else an empty database needs. */
  public void execute(Creation creation, List<String> statements) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      creation.on(connection);
      for (String one : statements) {
        statement.execute(one);
      }
    }
  }

  private static void rollBack(Connection connection, Exception cause) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }
}
