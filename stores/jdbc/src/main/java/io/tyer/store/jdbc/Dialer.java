package io.tyer.store.jdbc;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Makes connections, and remembers whether the last try has failed. */
final class Dialer implements DataSource {

  private final Dialect dialect;
  private final String url;
  private final Properties properties;
  private final Lineage lineage;
  private final AtomicLong made = new AtomicLong();
  private volatile boolean refused;

  /** Whether no connection has been found to end at something before the server. */
  private volatile boolean direct = true;

  Dialer(JdbcAddress address, String url, Properties properties) {
    this.dialect = address.dialect();
    this.url = url;
    this.properties = properties;
    this.lineage = new Lineage(new Sql(dialect, address.prefix()));
  }

  @Override
  public Connection getConnection() throws SQLException {
    try {
      Connection connection = DriverManager.getConnection(url, properties);
      refused = false;
      if (direct && !isDirect(connection)) {
        direct = false;
      }
      made.incrementAndGet();
      return connection;
    } catch (SQLException e) {
      refused = true;
      throw e;
    }
  }

  /**
   * Whether it ends at the server itself, of which it then is known what it has of what was
   * committed; closed if that cannot be found out.
   */
  private boolean isDirect(Connection connection) throws SQLException {
    try {
      boolean reached = dialect == Dialect.POSTGRESQL && PostgresBackend.isReached(connection);
      if (reached) {
        lineage.check(connection);
      }
      return reached;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /** As {@link ConnectionSource#made}. */
  OptionalLong made() {
    return direct ? OptionalLong.of(made.get()) : OptionalLong.empty();
  }

  /** Whether the last try to make one has failed. */
  boolean isRefused() {
    return refused;
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    throw new SQLFeatureNotSupportedException("the user stands in the URL");
  }

  @Override
  public @Nullable PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(@Nullable PrintWriter out) {}

  @Override
  public void setLoginTimeout(int seconds) {}

  /** How long the pool waits, when it ends, for a connection that it is making just then. */
  @Override
  public int getLoginTimeout() {
    return 1;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    throw new SQLException("this wraps nothing");
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return false;
  }
}
