package io.tyer.example.coupons;

import io.tyer.example.frame.HostedDatabase;
import io.tyer.fence.JdbcFence;
import io.tyer.spi.StoreAddress;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The shop's database: one that there is, or one of its own that ends with it. */
final class Database implements AutoCloseable {

  /** Where the fence keeps the tokens it has seen. */
  static final String FENCE_TABLE = "tyer_demo_fence";

  private static final Pattern DRIVERS = Pattern.compile("^jdbc:(h2|postgresql|mariadb):");

  private final String url;
  private final String shown;
  private final @Nullable HostedDatabase server;
  private final Connection connection;

  private Database(
      String url, String shown, @Nullable HostedDatabase server, Connection connection) {
    this.url = url;
    this.shown = shown;
    this.server = server;
    this.connection = connection;
  }

  /**
   * Connects to a database and makes the tables.
   *
   * @throws IllegalArgumentException if several processes cannot use it, or there is no driver
   * @throws SQLException if it cannot be used now
   */
  static Database at(String url) throws SQLException {
    String shown = StoreAddress.mask(url);
    requireShareable(url, shown);
    return open(url, shown, null);
  }

  /** Starts one of its own, which ends with this process. */
  static Database hosted() throws SQLException {
    HostedDatabase hosted = HostedDatabase.start();
    return open(hosted.url(), "H2, on port " + hosted.port() + " of this process", hosted);
  }

  private static Database open(String url, String shown, @Nullable HostedDatabase server)
      throws SQLException {
    Connection connection = null;
    try {
      connection = DriverManager.getConnection(url);
      Sale.createTables(connection);
      new JdbcFence(FENCE_TABLE).createTable(connection);
      return new Database(url, shown, server, connection);
    } catch (SQLException e) {
      if (connection != null) {
        connection.close();
      }
      if (server != null) {
        server.close();
      }
      throw e;
    }
  }

  private static void requireShareable(String url, String shown) {
    String lower = url.toLowerCase(Locale.ROOT);
    if (!lower.startsWith("jdbc:")) {
      throw new IllegalArgumentException(
          "--database takes a JDBC URL, such as jdbc:postgresql://host/db?user=shop, not " + shown);
    }
    if (lower.startsWith("jdbc:h2:")
        && !lower.startsWith("jdbc:h2:tcp:")
        && !lower.contains(";auto_server=true")) {
      throw new IllegalArgumentException(
          "buyers are processes of their own, which cannot share "
              + shown
              + "; leave --database out, or name a server: jdbc:h2:tcp://host/db");
    }
    if (!DRIVERS.matcher(lower).find()) {
      // Only its beginning: where such a URL has its password is not known here.
      throw new IllegalArgumentException(
          "the demo has drivers for jdbc:postgresql:, jdbc:mariadb: and jdbc:h2:tcp:, none for "
              + lower.replaceAll("^(jdbc:[^:]*:?).*", "$1"));
    }
  }

  /** The URL for other processes; may hold a password. */
  String url() {
    return url;
  }

  /** A connection for the thread that made this. */
  Connection connection() {
    return connection;
  }

  /** Closes the connection, and ends the server if it is our own. */
  @Override
  public void close() throws SQLException {
    try {
      connection.close();
    } finally {
      if (server != null) {
        server.close();
      }
    }
  }

  /** Names no secret. */
  @Override
  public String toString() {
    return shown;
  }
}
