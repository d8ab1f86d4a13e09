package io.tyer.store.jdbc;

import io.tyer.spi.StoreException;
import io.tyer.store.record.Hint;
import io.tyer.store.record.RecordKey;
import io.tyer.store.record.Stamped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What writes rows: each call is one statement. */
final class RowStatements {

  private final Dialect dialect;
  private final Sql sql;
  private final Connections connections;
  private final RowNames names;

  RowStatements(Dialect dialect, Sql sql, Connections connections) {
    this.dialect = dialect;
    this.sql = sql;
    this.connections = connections;
    this.names = new RowNames(dialect);
  }

  /** Makes a row; false if there is one. */
  boolean insert(RecordKey key, long nonce, Row row) throws StoreException {
    return connections.call(
        true,
        connection -> {
          try (PreparedStatement statement =
              connection.prepareStatement(sql.about(key.kind(), "insert"))) {
            names.set(statement, 1, key);
            statement.setLong(2, nonce);
            statement.setLong(3, row.floor());
            statement.setString(4, row.content());
            return statement.executeUpdate() == 1;
          } catch (SQLException e) {
            if (Failures.isDuplicate(e, dialect)) {
              return false;
            }
            throw e;
          }
        });
  }

  /** Writes a row's next version; false if it has changed meanwhile. */
  boolean update(RowUpdate update) throws StoreException {
    return connections.call(
        true,
        connection -> {
          try (PreparedStatement statement =
              connection.prepareStatement(sql.about(update.key().kind(), "update"))) {
            set(statement, update);
            return statement.executeUpdate() == 1;
          }
        });
  }

  /** The same, not flushed; and tells the hints if that has happened. */
  boolean updateLoosely(RowUpdate update, Notices notices, List<Hint> hints) throws StoreException {
    return connections.call(
        true,
        connection -> {
          try (PreparedStatement statement =
              connection.prepareStatement(sql.about(update.key().kind(), "update-loosely"))) {
            set(statement, update);
            notices.hints(statement, 7, hints, update);
            try (ResultSet found = statement.executeQuery()) {
              return found.next();
            }
          }
        });
  }

  private void set(PreparedStatement statement, RowUpdate update) throws SQLException {
    statement.setLong(1, update.nonce());
    statement.setLong(2, update.row().floor());
    statement.setString(3, update.row().content());
    names.set(statement, 4, update.key());
    statement.setLong(5, update.expected().version());
    statement.setLong(6, update.expected().nonce());
  }

  /**
   * Writes lines' next versions where they are free; waits for nobody's.
   *
   * @param loosely whether none of them needs to be flushed
   * @return the nonces of those that were written
   */
  Set<Long> updateTogether(List<RowUpdate> updates, boolean loosely) throws StoreException {
    String text =
        sql.about(RecordKey.Kind.LINES, loosely ? "update-together-loosely" : "update-together");
    return connections.call(
        true,
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(text)) {
            setAll(connection, statement, updates);
            Set<Long> written = new HashSet<>();
            try (ResultSet found = statement.executeQuery()) {
              while (found.next()) {
                written.add(found.getLong(1));
              }
            }
            return written;
          }
        });
  }

  /** Deletes a row; false if it has changed meanwhile. */
  boolean remove(RecordKey key, Stamped expected) throws StoreException {
    return connections.call(
        true,
        connection -> {
          try (PreparedStatement statement =
              connection.prepareStatement(sql.about(key.kind(), "remove"))) {
            names.set(statement, 1, key);
            statement.setLong(2, expected.version());
            statement.setLong(3, expected.nonce());
            return statement.executeUpdate() == 1;
          }
        });
  }

  /** Has everything flushed that was written before, by whomever. */
  void makeLast() throws StoreException {
    connections.call(
        true,
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(sql.get("make-last"))) {
            return statement.execute();
          }
        });
  }

  private static void setAll(
      Connection connection, PreparedStatement statement, List<RowUpdate> updates)
      throws SQLException {
    int size = updates.size();
    String[] ids = new String[size];
    String[] contents = new String[size];
    Long[] versions = new Long[size];
    Long[] nonces = new Long[size];
    Long[] nexts = new Long[size];
    Long[] floors = new Long[size];
    for (int i = 0; i < size; i++) {
      RowUpdate update = updates.get(i);
      ids[i] = Names.escape(update.key().id());
      versions[i] = update.expected().version();
      nonces[i] = update.expected().nonce();
      nexts[i] = update.nonce();
      floors[i] = update.row().floor();
      contents[i] = update.row().content();
    }
    statement.setArray(1, connection.createArrayOf("text", ids));
    statement.setArray(2, connection.createArrayOf("bigint", versions));
    statement.setArray(3, connection.createArrayOf("bigint", nonces));
    statement.setArray(4, connection.createArrayOf("bigint", nexts));
    statement.setArray(5, connection.createArrayOf("bigint", floors));
    statement.setArray(6, connection.createArrayOf("text", contents));
  }
}
