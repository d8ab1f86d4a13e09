package io.tyer.store.jdbc;

import io.tyer.line.LockName;
import io.tyer.line.SessionId;
import io.tyer.spi.StoreAddress;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A database that walks share, one after the other, and what is done to its rows by hand. */
final class WalkedDatabase implements AutoCloseable {

  private static final int CLIENTS = 3;
  private static final long AHEAD_MICROS = TimeUnit.DAYS.toMicros(1);

  private final String address;
  private final Connection connection;
  private final List<ConnectionSource> pools = new ArrayList<>();

  WalkedDatabase(String address) throws SQLException {
    this.address = address;
    this.connection = DriverManager.getConnection(address);
    JdbcAddress jdbc = JdbcAddress.of(StoreAddress.parse(address));
    for (int i = 0; i < CLIENTS; i++) {
      pools.add(new OwnPool(jdbc, Duration.ofSeconds(60), System::nanoTime));
    }
  }

  /** New clients of one time, the last one of another host than the others. */
  List<WalkedClient> clients(HandDriven.Time time, long seed, Runnable beforeWriting) {
    List<WalkedClient> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      clients.add(
          new WalkedClient(
              address,
              new Overtaken(pools.get(i), beforeWriting),
              new HandDriven(time, seed * CLIENTS + i),
              i == CLIENTS - 1));
    }
    return clients;
  }

  private int execute(String sql, Object... parameters) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      return statement.executeUpdate();
    }
  }

  /** Everything was written that much earlier. */
  void passSeconds(long seconds) throws SQLException {
    for (String table : List.of("tyer_line", "tyer_session", "tyer_shared")) {
      execute("UPDATE " + table + " SET changed = changed - " + TimeUnit.SECONDS.toMicros(seconds));
    }
  }

  /** It was that much earlier that the session's record was written last. */
  void writtenBefore(SessionId id, long seconds) {
    try {
      execute(
          "UPDATE tyer_session SET changed = changed - "
              + TimeUnit.SECONDS.toMicros(seconds)
              + " WHERE name = ?",
          id.toString());
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  void deleteLine(LockName name) throws SQLException {
    execute("DELETE FROM tyer_line WHERE name = ?", name.text());
  }

  void deleteSession(SessionId id) throws SQLException {
    execute("DELETE FROM tyer_session WHERE name = ?", id.toString());
  }

  /** Lets the numbers of a line without tickets run ahead; answers where to, or 0 without a row. */
  long runAhead(LockName name) throws SQLException {
    int rows =
        execute(
            "UPDATE tyer_line SET version = version + 1, floor = floor + "
                + AHEAD_MICROS
                + " WHERE name = ? AND floor > 0",
            name.text());
    return rows == 0
        ? 0
        : Long.parseLong(text("SELECT floor FROM tyer_line WHERE name = '" + name.text() + "'"));
  }

  /** Whoever sweeps next takes his turn. */
  void forgetSweep() throws SQLException {
    execute("DELETE FROM tyer_shared WHERE name = ?", "sweep");
  }

  /** Another text after each sweep. */
  String lastSweep() throws SQLException {
    return text("SELECT nonce FROM tyer_shared WHERE name = 'sweep'");
  }

  private String text(String query) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query);
        ResultSet found = statement.executeQuery()) {
      return found.next() ? found.getString(1) : "";
    }
  }

  /** How many have a record. */
  int sessions() throws SQLException {
    return Integer.parseInt(text("SELECT COUNT(*) FROM tyer_session"));
  }

  /** For the next walk. */
  void clear() throws SQLException {
    execute("DELETE FROM tyer_line");
    execute("DELETE FROM tyer_session");
    execute("DELETE FROM tyer_shared WHERE name = 'sweep'");
    execute("UPDATE tyer_shared SET floor = 0 WHERE name = 'floor'");
  }

  @Override
  public void close() throws SQLException {
    pools.forEach(ConnectionSource::close);
    connection.close();
  }
}
