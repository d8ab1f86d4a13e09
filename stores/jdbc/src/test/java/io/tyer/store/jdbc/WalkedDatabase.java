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

  /** Of each client: for a request and for those by which it is overtaken. */
  static final int CONNECTIONS = 4;

  private static final int CLIENTS = 3;
  private static final long AHEAD_MICROS = TimeUnit.DAYS.toMicros(1);

  private final String address;
  private final Connection connection;
  private final List<ConnectionSource> pools = new ArrayList<>();

  WalkedDatabase(String address) throws SQLException {
    this.address = address + (address.contains("?") ? "&" : "?") + "connections=" + CONNECTIONS;
    this.connection = DriverManager.getConnection(address);
    JdbcAddress jdbc = JdbcAddress.of(StoreAddress.parse(this.address));
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

  private int execute(String sql, Object... parameters) {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      return statement.executeUpdate();
    } catch (SQLException e) {
      throw new AssertionError(sql, e);
    }
  }

  /** Everything was written that much earlier. */
  void passSeconds(long seconds) {
    for (String table : List.of("tyer_line", "tyer_session", "tyer_shared")) {
      execute("UPDATE " + table + " SET changed = changed - " + TimeUnit.SECONDS.toMicros(seconds));
    }
  }

  /** It was that much earlier that the session's record was written last. */
  void writtenBefore(SessionId id, long seconds) {
    execute(
        "UPDATE tyer_session SET changed = changed - "
            + TimeUnit.SECONDS.toMicros(seconds)
            + " WHERE name = ?",
        id.toString());
  }

  void deleteLine(LockName name) {
    execute("DELETE FROM tyer_line WHERE name = ?", name.text());
  }

  void deleteSession(SessionId id) {
    execute("DELETE FROM tyer_session WHERE name = ?", id.toString());
  }

  /** Lets the numbers of a line without tickets run ahead; answers where to, or 0 without a row. */
  long runAhead(LockName name) {
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
  void forgetSweep() {
    execute("DELETE FROM tyer_shared WHERE name = ?", "sweep");
  }

  /** Another text after each sweep. */
  String lastSweep() {
    return text("SELECT nonce FROM tyer_shared WHERE name = 'sweep'");
  }

  private String text(String query) {
    try (PreparedStatement statement = connection.prepareStatement(query);
        ResultSet found = statement.executeQuery()) {
      return found.next() ? found.getString(1) : "";
    } catch (SQLException e) {
      throw new AssertionError(query, e);
    }
  }

  /** How many have a record. */
  int sessions() {
    return Integer.parseInt(text("SELECT COUNT(*) FROM tyer_session"));
  }

  /** For the next walk. */
  void clear() {
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
