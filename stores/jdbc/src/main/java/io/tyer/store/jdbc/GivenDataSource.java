package io.tyer.store.jdbc;

import io.tyer.spi.StoreException;
import io.tyer.spi.StoreException.Kind;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import javax.sql.DataSource;

/**
 * Connections of a user's {@link DataSource}, one for each request, given back as they were. What
 * is not in auto-commit mode may be in somebody's transaction, and is left alone.
 */
final class GivenDataSource implements ConnectionSource {

  private final String store;
  private final Dialect dialect;
  private final DataSource dataSource;
  private final int timeoutMillis;
  private final Optional<Dialer> listening;
  private final boolean direct;

  /**
   * Connections of a data source.
   *
   * @param direct whether they end at the database itself
   */
  GivenDataSource(
      JdbcAddress address, DataSource dataSource, Duration operationTimeout, boolean direct) {
    this.store = address.shown();
    this.dialect = address.dialect();
    this.dataSource = dataSource;
    this.timeoutMillis = OwnPool.timeoutMillis(operationTimeout);
    this.listening = OwnPool.listening(address, timeoutMillis);
    this.direct = direct;
  }

  /**
   * A connection that is in nobody's transaction.
   *
   * @throws StoreException REFUSED if it is not in auto-commit mode
   */
  static Connection borrow(DataSource dataSource) throws SQLException, StoreException {
    Connection connection = dataSource.getConnection();
    boolean mine = false;
    try {
      if (!connection.getAutoCommit()) {
        throw new StoreException(
            Kind.REFUSED,
            "the DataSource gives connections that are not in auto-commit mode, so that locks would"
                + " come and go with somebody's transaction; give one whose connections are"
                + " (HikariCP: autoCommit=true), and that no transaction manager hands out");
      }
      mine = true;
      return connection;
    } finally {
      if (!mine) {
        connection.close();
      }
    }
  }

  /** With the network time-out that it had. */
  private record Borrowed(Connection connection, int networkTimeout, boolean changed)
      implements Loan {
    @Override
    public void close() throws SQLException {
      try {
        if (changed && !connection.isClosed()) {
          connection.setNetworkTimeout(Runnable::run, networkTimeout);
        }
      } finally {
        connection.close();
      }
    }
  }

  @Override
  public Loan take() throws StoreException {
    try {
      Connection connection = borrow(dataSource);
      Loan loan = null;
      try {
        loan = prepared(connection);
        return loan;
      } finally {
        if (loan == null) {
          connection.close();
        }
      }
    } catch (SQLException e) {
      throw Failures.unconnected(store, dialect, e);
    }
  }

  private Loan prepared(Connection connection) throws SQLException {
    if (!dialect.server()) {
      return new Borrowed(connection, 0, false);
    }
    Loan loan = new Borrowed(connection, connection.getNetworkTimeout(), true);
    connection.setNetworkTimeout(Runnable::run, timeoutMillis);
    return loan;
  }

  @Override
  public Connection own() throws SQLException {
    if (listening.isPresent()) {
      return listening.get().toListen();
    }
    try {
      return borrow(dataSource);
    } catch (StoreException e) {
      throw new SQLException(e.getMessage(), e);
    }
  }

  @Override
  public boolean listens() {
    return direct || listening.isPresent();
  }

  /** Its pool makes them. */
  @Override
  public OptionalLong made() {
    return OptionalLong.empty();
  }

  /** Nobody looks where they lead. */
  @Override
  public AutoCloseable whenReplaced(Runnable listener) {
    return () -> {};
  }

  /** What is aborted is not given to anybody again, by pools that look. */
  @Override
  public void discard(Loan loan) {
    try {
      loan.connection().abort(Runnable::run);
    } catch (SQLException unused) {
      // It is given back as any other.
    }
  }

  /** Its pool finds out for itself. */
  @Override
  public void suspect() {}

  /** It is the user's. */
  @Override
  public void close() {}
}
