package io.tyer.store.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;

/** The server's process behind a connection. */
final class PostgresBackend {

  private PostgresBackend() {}

  /**
   * Whether it is the one that was named when the connection was made. A pooler names none of the
   * server's, since it may use another one for each transaction.
   */
  static boolean isReached(Connection connection) throws SQLException {
    int named = connection.unwrap(PGConnection.class).getBackendPID();
    try (Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery("SELECT pg_backend_pid()")) {
      return found.next() && found.getInt(1) == named;
    }
  }
}
