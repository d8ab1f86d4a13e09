package io.tyer.store.jdbc;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Makes connections, and remembers whether the last try has failed. */
final class Dialer implements DataSource {

  /** The driver's property that says what makes its sockets. */
  private static final String SOCKETS = "socketFactory";

  /** H2's error for what only its administrators may do. */
  private static final int NO_ADMINISTRATOR = 90_040;

  private final Dialect dialect;
  private final String url;

  /** Of each of the hosts among which the driver does not choose. */
  private final List<String> urls;

  private final Properties properties;
  private final Lineage lineage;
  private final AtomicLong made = new AtomicLong();
  private volatile boolean refused;
  private volatile boolean makesSockets = true;

  /** Whether H2's user may say what H2 writes to its trace file, as far as is known. */
  private volatile boolean setsTrace = true;

  /** Whether no connection has been found to end at something before the server. */
  private volatile boolean direct;

  /** Which of the hosts was reached last. */
  private volatile int reached;

  Dialer(JdbcAddress address, String url, Properties properties) {
    this.dialect = address.dialect();
    this.url = url;
    this.urls = Hosts.each(url);
    this.properties = properties;
    this.lineage = new Lineage(dialect, new Sql(dialect, address.prefix()));
    this.direct = dialect == Dialect.POSTGRESQL;
  }

  @Override
  public Connection getConnection() throws SQLException {
    return connect(properties);
  }

  /** One on which news is waited for: on PostgreSQL it is passed on as soon as it has come. */
  Connection toListen() throws SQLException {
    if (dialect != Dialect.POSTGRESQL || url.contains(SOCKETS + "=") || !makesSockets) {
      return getConnection();
    }
    Properties own = new Properties();
    own.putAll(properties);
    own.setProperty(SOCKETS, PromptSockets.class.getName());
    try {
      return connect(own);
    } catch (SQLException e) {
      if (!hasNotMade(e)) {
        throw e;
      }
      // Where the driver belongs to a container, it does not see this class: news is later then.
      makesSockets = false;
      return getConnection();
    }
  }

  private static boolean hasNotMade(SQLException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof ReflectiveOperationException) {
        return true;
      }
    }
    return false;
  }

  private Connection connect(Properties properties) throws SQLException {
    try {
      Connection connection = connectToAny(properties);
      refused = false;
      made.incrementAndGet();
      return connection;
    } catch (SQLException e) {
      refused = true;
      throw e;
    }
  }

  /**
   * Begins with the host that was reached last: one that comes back may lack what was committed
   * meanwhile.
   */
  private Connection connectToAny(Properties properties) throws SQLException {
    int first = reached;
    List<SQLException> failures = new ArrayList<>();
    for (int i = 0; i < urls.size(); i++) {
      int at = (first + i) % urls.size();
      try {
        Connection connection = open(urls.get(at), properties);
        look(connection);
        reached = at;
        return connection;
      } catch (SQLException e) {
        failures.add(e);
      }
    }
    throw Failures.together(failures, dialect);
  }

  /** H2 lets only its administrators turn the trace file off: for others it is made beforehand. */
  private Connection open(String url, Properties properties) throws SQLException {
    DatabaseFile.make(dialect, url);
    boolean traceless = dialect == Dialect.H2 && properties.containsKey(Dialect.H2_TRACE_FILE);
    if (traceless && setsTrace) {
      try {
        return DriverManager.getConnection(url, properties);
      } catch (SQLException e) {
        if (e.getErrorCode() != NO_ADMINISTRATOR) {
          throw e;
        }
        setsTrace = false;
      }
    }
    if (!traceless) {
      return DriverManager.getConnection(url, properties);
    }
    DatabaseFile.makeTrace(url);
    Properties rest = new Properties();
    rest.putAll(properties);
    rest.remove(Dialect.H2_TRACE_FILE);
    return DriverManager.getConnection(url, rest);
  }

  /**
   * Looks whether it ends at the server itself, and then what that one has of what was committed;
   * closes it if that cannot be found out.
   */
  private void look(Connection connection) throws SQLException {
    try {
      if (direct && !PostgresBackend.isReached(connection)) {
        direct = false;
      }
      if (direct || dialect != Dialect.POSTGRESQL) {
        lineage.check(connection);
      }
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /** As {@link ConnectionSource#whenReplaced}. */
  AutoCloseable whenReplaced(Runnable listener) {
    return lineage.whenReplaced(listener);
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
