package io.tyer.store.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that numbers grow when a standby takes the place of a primary of which it has not got
 * everything, or a backup that of its database. Whoever comes first to a server that is not the one
 * written down in the tables, or finds that what he has read there is gone, raises all floors,
 * beyond what may have been given out and lost.
 */
final class Lineage {

  private static final Logger LOG = LoggerFactory.getLogger(Lineage.class);

  /** How often it is settled again what others kept from being settled. */
  private static final int MOST_TRIES = 5;

  private final Dialect dialect;
  private final Sql sql;
  private final Origin origin;

  /** The newest that a connection of this client has found, or written. */
  private final AtomicReference<@Nullable Mark> known = new AtomicReference<>();

  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

  /**
   * What the tables say.
   *
   * @param server where they are
   * @param version grows with each server that takes another one's place, by whatever a client that
   *     writes it has seen
   */
  private record Mark(String server, long version) {

    /** Whether nothing can be missing here that was there when the other was found. */
    boolean follows(@Nullable Mark other) {
      return other == null || version > other.version || equals(other);
    }

    @Override
    public String toString() {
      return server + " (" + version + ")";
    }
  }

  Lineage(Dialect dialect, Sql sql) {
    this.dialect = dialect;
    this.sql = sql;
    this.origin = Origin.in(dialect, sql);
  }

  /** Has this executed when connections have come to lead to another server, until it is closed. */
  AutoCloseable whenReplaced(Runnable listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  /**
   * Looks which one a connection leads to, before anything else is done with it.
   *
   * @throws SQLException if floors were to be raised, and are not; if it is known that the server
   *     only reads
   */
  void check(Connection connection) throws SQLException {
    String now = current(connection);
    Mark before = known.get();
    if (now == null || (!origin.recurs() && before != null && before.server().equals(now))) {
      return;
    }
    try {
      Mark found = find(connection, "lineage-written");
      if (!isGood(found, now, before)) {
        found = settleAmongOthers(connection, now, before);
      }
      found(found, before);
    } catch (SQLException e) {
      if (!Failures.isMissing(e, dialect) && !Failures.isReadOnly(e, dialect)) {
        throw e;
      }
      LOG.debug("there is nothing to be raised: {}", Failures.said(e));
    }
  }

  private void found(@Nullable Mark found, @Nullable Mark before) {
    known.accumulateAndGet(
        found, (one, other) -> one == null || (other != null && other.follows(one)) ? other : one);
    if (before != null && !before.equals(found)) {
      listeners.forEach(Runnable::run);
    }
  }

  private static boolean isGood(@Nullable Mark found, String now, @Nullable Mark before) {
    return found != null && found.server().equals(now) && found.follows(before);
  }

  private Mark settleAmongOthers(Connection connection, String now, @Nullable Mark before)
      throws SQLException {
    for (int tries = 1; ; tries++) {
      // So that a row that is not there yet is not locked, which would keep it from being made.
      connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
      connection.setAutoCommit(false);
      try {
        Mark settled = settle(connection, now, before);
        connection.commit();
        return settled;
      } catch (SQLException e) {
        connection.rollback();
        if (!Failures.isOvertaken(e, dialect) || tries == MOST_TRIES) {
          throw e;
        }
      } finally {
        connection.setAutoCommit(true);
      }
    }
  }

  /** Of several who come at once, one raises. */
  private Mark settle(Connection connection, String now, @Nullable Mark before)
      throws SQLException {
    Mark written = find(connection, "known-lineage");
    if (written != null && isGood(written, now, before)) {
      return written;
    }
    Mark next = new Mark(now, Math.max(version(written), version(before)) + 1);
    if (written != null || before != null) {
      try (Statement statement = connection.createStatement()) {
        statement.executeUpdate(sql.get("raise-all-floors"));
        statement.executeUpdate(sql.get("raise-all-lines"));
      }
      LOG.warn(
          "the database is another one than before, or has lost something: it is {}, and {} is"
              + " written down in it, where {} was read before; commits may be lost, so that tokens"
              + " go on above them",
          next,
          written,
          before == null ? "nothing" : before);
    }
    try (PreparedStatement statement = connection.prepareStatement(sql.get("note-lineage"))) {
      statement.setLong(1, next.version());
      statement.setString(2, next.server());
      statement.executeUpdate();
    }
    return next;
  }

  private static long version(@Nullable Mark mark) {
    return mark == null ? 0 : mark.version();
  }

  /** Null where it is not known. */
  private @Nullable String current(Connection connection) throws SQLException {
    try {
      return origin.of(connection).orElse(null);
    } catch (SQLException e) {
      if (Failures.isReadOnly(e, dialect) || Failures.isBroken(e)) {
        throw e;
      }
      LOG.debug("nothing is known of which server it is: {}", Failures.said(e));
      return null;
    }
  }

  private @Nullable Mark find(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(sql.get(query))) {
      return found.next() ? new Mark(found.getString(1), found.getLong(2)) : null;
    }
  }
}
