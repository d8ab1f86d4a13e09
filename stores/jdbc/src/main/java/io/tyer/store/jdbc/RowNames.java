package io.tyer.store.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tyer.store.record.RecordKey;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Names as a database keeps them: as text, or as bytes where it would compare text its own way. */
final class RowNames {

  private final boolean bytes;

  RowNames(Dialect dialect) {
    this.bytes = dialect.namesAreBytes();
  }

  void set(PreparedStatement statement, int at, RecordKey key) throws SQLException {
    set(statement, at, Names.escape(key.id()));
  }

  void set(PreparedStatement statement, int at, String name) throws SQLException {
    if (bytes) {
      statement.setBytes(at, name.getBytes(UTF_8));
    } else {
      statement.setString(at, name);
    }
  }

  String get(ResultSet found, int at) throws SQLException {
    return bytes ? new String(found.getBytes(at), UTF_8) : found.getString(at);
  }
}
