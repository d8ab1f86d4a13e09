package io.tyer.store.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that numbers grow when a standby takes the place of a primary of which it has not got
 * everything, or a backup that of its database: PostgreSQL then begins a new time line. Whoever
 * comes first to one that is not written down in the tables raises all floors there, beyond what
 * may have been given out and lost.
 */
final class Lineage {

  private static final Logger LOG = LoggerFactory.getLogger(Lineage.class);

  private final Sql sql;
  private volatile @Nullable String known;

  Lineage(Sql sql) {
    this.sql = sql;
  }

  /**
   * Looks which one a connection leads to, before anything else is done with it.
   *
   * @throws SQLException if floors were to be raised, and are not
   */
  void check(Connection connection) throws SQLException {
    String now = current(connection).orElse(null);
    if (now == null || now.equals(known)) {
      return;
    }
    connection.setAutoCommit(false);
    try {
      settle(connection, now);
      connection.commit();
      known = now;
    } catch (SQLException e) {
      connection.rollback();
      if (!Failures.isMissing(e, Dialect.POSTGRESQL)
          && !Failures.isReadOnly(e, Dialect.POSTGRESQL)) {
        throw e;
      }
      LOG.debug("there is nothing to be raised: {}", Failures.said(e));
    } finally {
      connection.setAutoCommit(true);
    }
  }

  /** Of several who come at once, one raises. */
  private void settle(Connection connection, String now) throws SQLException {
    String written = ask(connection, sql.get("known-lineage")).orElse(now);
    if (!written.equals(now)) {
      try (Statement statement = connection.createStatement()) {
        statement.executeUpdate(sql.get("raise-all-floors"));
        statement.executeUpdate(sql.get("raise-all-lines"));
      }
      LOG.warn(
          "the database is another one than before, {} and not {}: commits may be lost, so that"
              + " tokens go on above them",
          now,
          written);
    }
    try (PreparedStatement statement = connection.prepareStatement(sql.get("note-lineage"))) {
      statement.setString(1, now);
      statement.executeUpdate();
    }
  }

  /** Empty where that is not known: on a standby, or where a database is only alike. */
  private Optional<String> current(Connection connection) {
    try {
      return ask(connection, sql.get("lineage"));
    } catch (SQLException e) {
      LOG.debug("nothing is known of time lines: {}", Failures.said(e));
      return Optional.empty();
    }
  }

  private static Optional<String> ask(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(query)) {
      return found.next() ? Optional.ofNullable(found.getString(1)) : Optional.empty();
    }
  }
}
