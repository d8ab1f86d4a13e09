package io.tyer.store.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import io.tyer.spi.StoreException;
import io.tyer.spi.StoreException.Kind;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Connections of this store's own. */
final class OwnPool implements ConnectionSource {

  /** The pool's shortest wait: who waits longer looks in between whether the server is there. */
  private static final Duration SHORTEST = Duration.ofMillis(250);

  private final String store;
  private final Dialect dialect;
  private final Dialer dialer;

  /** What makes the connection that listens. */
  private final Optional<Dialer> listening;

  private final HikariDataSource pool;
  private final ReentrantLock dialing = new ReentrantLock();
  private final int timeoutMillis;
  private final LongSupplier nanoTime;

  OwnPool(JdbcAddress address, Duration operationTimeout, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.store = address.shown();
    this.dialect = address.dialect();
    this.timeoutMillis = timeoutMillis(operationTimeout);
    this.dialer =
        new Dialer(address, address.url(), properties(address, address.url(), timeoutMillis));
    this.listening = listening(address, timeoutMillis);
    HikariConfig config = new HikariConfig();
    config.setDataSource(dialer);
    config.setPoolName("tyer");
    config.setAutoCommit(true);
    config.setMaximumPoolSize(address.connections());
    config.setMinimumIdle(1);
    config.setConnectionTimeout(SHORTEST.toMillis());
    config.setValidationTimeout(timeoutMillis);
    config.setInitializationFailTimeout(-1);
    if (dialect.server()) {
      // What is scanned by others is not locked by it (MySQL), and each statement sees the newest.
      config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    }
    this.pool = new HikariDataSource(config);
  }

  /** How long a request may take: shorter than the engine waits, which is to be told. */
  static int timeoutMillis(Duration operationTimeout) {
    Duration timeout = operationTimeout.multipliedBy(2).dividedBy(3);
    return Math.toIntExact((timeout.compareTo(SHORTEST) < 0 ? SHORTEST : timeout).toMillis());
  }

  /** What the driver is told, unless the address says otherwise. */
  private static Properties properties(JdbcAddress address, String url, int millis) {
    Properties properties = new Properties();
    address
        .dialect()
        .properties(millis, Hosts.each(url).size())
        .forEach(
            (property, value) -> {
              if (!names(url, property)) {
                properties.setProperty(property, value);
              }
            });
    properties.putAll(address.credentials());
    return properties;
  }

  /** H2 reads its settings in any case. */
  private static boolean names(String url, String property) {
    return url.contains(property + "=")
        || url.toUpperCase(Locale.ROOT).contains(";" + property + "=");
  }

  /** What makes connections that listen, where they are made elsewhere. */
  static Optional<Dialer> listening(JdbcAddress address, int millis) {
    return address
        .listenUrl()
        .map(url -> new Dialer(address, url, properties(address, url, millis)));
  }

  /** What was taken from the pool, or made where it has none. */
  private record Pooled(Connection connection) implements Loan {
    @Override
    public void close() throws SQLException {
      connection.close();
    }
  }

  @Override
  public void discard(Loan loan) {
    pool.evictConnection(loan.connection());
  }

  /** What broke one has probably broken those that lie idle. */
  @Override
  public void suspect() {
    pool.getHikariPoolMXBean().softEvictConnections();
  }

  @Override
  public Loan take() throws StoreException {
    SQLException failure = new SQLException("no time to connect");
    boolean interrupted = false;
    try {
      long until = nanoTime.getAsLong() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
      do {
        try {
          Connection connection = isEmpty() ? dial() : null;
          if (connection == null) {
            connection = pool.getConnection();
          }
          if (dialect.server()) {
            prepared(connection, c -> c.setNetworkTimeout(Runnable::run, timeoutMillis));
          }
          return new Pooled(connection);
        } catch (SQLException e) {
          failure = e;
          // The pool answers an interrupt that comes while it is waited for.
          interrupted |= Thread.interrupted();
        }
        if (pool.isClosed()) {
          throw new StoreException(Kind.UNREACHABLE, store + " was closed in this process");
        }
      } while (!dialer.isRefused() && nanoTime.getAsLong() - until < 0);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    throw Failures.unconnected(store, dialect, failure);
  }

  /** Whether there is none to wait for. */
  private boolean isEmpty() {
    HikariPoolMXBean state = pool.getHikariPoolMXBean();
    return state.getIdleConnections() == 0
        && (state.getTotalConnections() == 0 || dialer.isRefused());
  }

  /**
   * Makes a connection for one request, one at a time: who waits for the pool to make one learns of
   * a failure only when its time is over. Null if somebody does so already.
   */
  private @Nullable Connection dial() throws SQLException {
    if (!dialing.tryLock()) {
      return null;
    }
    try {
      Connection connection = dialer.getConnection();
      if (dialect.server()) {
        prepared(connection, c -> c.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED));
      }
      return connection;
    } finally {
      dialing.unlock();
    }
  }

  /** What is done to a connection before it is used. */
  @FunctionalInterface
  private interface Preparation {
    void of(Connection connection) throws SQLException;
  }

  /** Prepares a connection, or closes it. */
  private static void prepared(Connection connection, Preparation preparation) throws SQLException {
    try {
      preparation.of(connection);
    } catch (SQLException e) {
      try {
        connection.close();
      } catch (SQLException again) {
        e.addSuppressed(again);
      }
      throw e;
    }
  }

  @Override
  public OptionalLong made() {
    return dialer.made();
  }

  @Override
  public AutoCloseable whenReplaced(Runnable listener) {
    return dialer.whenReplaced(listener);
  }

  @Override
  public Connection own() throws SQLException {
    return listening.orElse(dialer).toListen();
  }

  @Override
  public boolean listens() {
    return listening.isPresent() || dialer.made().isPresent();
  }

  /** Closes them; the pool would say so if it were interrupted meanwhile. */
  @Override
  public void close() {
    boolean interrupted = Thread.interrupted();
    pool.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
