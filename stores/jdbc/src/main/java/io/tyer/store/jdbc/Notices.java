package io.tyer.store.jdbc;

import io.tyer.line.SessionId;
import io.tyer.spi.StoreAddress;
import io.tyer.spi.StoreException;
import io.tyer.spi.StoreException.Kind;
import io.tyer.spi.Surroundings;
import io.tyer.store.record.Hint;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * PostgreSQL's {@code NOTIFY}: a channel for each session, to which it listens on a connection of
 * its own.
 */
final class Notices implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Notices.class);

  /** How long nothing may come before the connection is tried. */
  private static final int SILENCE_MILLIS = 10_000;

  private static final int TRY_SECONDS = 2;
  private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final long LAST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final JdbcAddress address;
  private final Sql sql;
  private final Connections connections;
  private final Surroundings surroundings;
  private final Set<Ear> ears = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  Notices(JdbcAddress address, Sql sql, Connections connections, Surroundings surroundings) {
    this.address = address;
    this.sql = sql;
    this.connections = connections;
    this.surroundings = surroundings;
  }

  private String channel(SessionId session) {
    // Longer names than 63 bytes are cut, or refused.
    return "tyer_" + Integer.toHexString(address.prefix().hashCode()) + "_" + session;
  }

  void hint(Hint hint) {
    try {
      connections.call(
          false,
          connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql.get("notify"))) {
              statement.setString(1, channel(hint.to()));
              statement.setString(2, NoticeText.write(hint));
              return statement.execute();
            }
          });
    } catch (StoreException e) {
      LOG.debug("a hint to session {} is lost, which costs it time: {}", hint.to(), e.toString());
    }
  }

  /** Sets a statement's parameters, two lists, so that it tells these, and what is written. */
  void hints(PreparedStatement statement, int at, List<Hint> hints, RowUpdate written)
      throws SQLException {
    String[] channels = hints.stream().map(hint -> channel(hint.to())).toArray(String[]::new);
    String[] texts =
        hints.stream().map(hint -> NoticeText.write(hint, written)).toArray(String[]::new);
    statement.setArray(at, statement.getConnection().createArrayOf("text", channels));
    statement.setArray(at + 1, statement.getConnection().createArrayOf("text", texts));
  }

  AutoCloseable listen(SessionId self, Consumer<@Nullable Hint> hints) throws StoreException {
    Ear ear = new Ear(self, hints);
    try {
      ear.connect();
    } catch (SQLException e) {
      ear.close();
      throw new StoreException(
          Kind.UNREACHABLE, address + " cannot be listened to: " + Failures.said(e));
    }
    ears.add(ear);
    if (closed) {
      ear.close();
      throw new StoreException(Kind.UNREACHABLE, address + " was closed in this process");
    }
    surroundings.startThread("listen", ear);
    return ear;
  }

  /** Ends all listening. */
  @Override
  public void close() {
    closed = true;
    ears.forEach(Ear::close);
  }

  /** A session's connection, and the thread that waits on it. */
  private final class Ear implements Runnable, AutoCloseable {

    private final SessionId self;
    private final Consumer<@Nullable Hint> hints;
    private final AtomicReference<@Nullable Connection> current = new AtomicReference<>();
    private volatile boolean closed;

    Ear(SessionId self, Consumer<@Nullable Hint> hints) {
      this.self = self;
      this.hints = hints;
    }

    Connection connect() throws SQLException {
      Connection connection = connections.own();
      current.set(connection);
      if (closed) {
        drop();
        throw new SQLException("closed meanwhile");
      }
      try (Statement statement = connection.createStatement()) {
        statement.execute("LISTEN \"" + channel(self) + "\"");
      }
      return connection;
    }

    @Override
    public void run() {
      long pause = FIRST_PAUSE_NANOS;
      Connection connection = current.get();
      while (!closed) {
        try {
          if (connection == null) {
            connection = connect();
            // Something may have come meanwhile.
            hints.accept(null);
          }
          listen(connection);
          pause = FIRST_PAUSE_NANOS;
        } catch (SQLException | RuntimeException e) {
          if (!closed) {
            LOG.debug("{} is not heard for a moment: {}", address, StoreAddress.mask(e.toString()));
          }
          drop();
          connection = null;
          LockSupport.parkNanos(this, closed ? 0 : pause);
          pause = Math.min(2 * pause, LAST_PAUSE_NANOS);
        }
      }
      drop();
    }

    private void listen(Connection connection) throws SQLException {
      PGNotification[] heard =
          connection.unwrap(PGConnection.class).getNotifications(SILENCE_MILLIS);
      if (heard == null || heard.length == 0) {
        if (!connection.isValid(TRY_SECONDS)) {
          throw new SQLException("the connection is gone");
        }
        return;
      }
      for (PGNotification one : heard) {
        hints.accept(NoticeText.read(self, one.getParameter()));
      }
    }

    /** Closes the connection, without waiting for whoever waits on it. */
    private void drop() {
      Connection connection = current.getAndSet(null);
      if (connection == null) {
        return;
      }
      try (connection) {
        connection.abort(Runnable::run);
        // Nothing is said to the server any more; the driver lets go of it.
      } catch (SQLException e) {
        LOG.debug("a connection that listened is left to break: {}", Failures.said(e));
      }
    }

    @Override
    public void close() {
      closed = true;
      ears.remove(this);
      drop();
    }
  }
}
