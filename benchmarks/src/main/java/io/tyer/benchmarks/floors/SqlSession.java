package io.tyer.benchmarks.floors;

import io.tyer.benchmarks.play.Address;
import io.tyer.benchmarks.play.Database;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The connections of one client, of which each thread has its own, in auto-commit mode. */
public final class SqlSession implements AutoCloseable {

  private final String url;
  private final List<Connection> connections = new CopyOnWriteArrayList<>();

  SqlSession(Address place) {
    this.url = Database.require(place).url(place);
  }

  /** For the thread that asks. */
  Connection connect() throws SQLException {
    Connection connection = DriverManager.getConnection(url);
    connections.add(connection);
    if (url.startsWith("jdbc:sqlite:")) {
      // Writers wait for each other by trying again, and not in turn.
      try (Statement statement = connection.createStatement()) {
        statement.execute("PRAGMA busy_timeout = 60000");
      }
    }
    return connection;
  }

  /** A statement with a name in it. */
  public static PreparedStatement prepare(Connection connection, String sql, String name)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    statement.setString(1, name);
    return statement;
  }

  @Override
  public void close() throws IOException {
    try {
      for (Connection connection : connections) {
        connection.close();
      }
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }
}
