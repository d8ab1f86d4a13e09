package io.tyer.example.coupons.shop;

import java.sql.Connection;
import java.sql.SQLException;
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

  private static void rollBack(Connection connection, Exception cause) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }
}
