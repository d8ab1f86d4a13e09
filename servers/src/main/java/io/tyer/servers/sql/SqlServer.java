package io.tyer.servers.sql;

import io.tyer.testkit.server.Contents;
import io.tyer.testkit.server.StoreServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;

/** A database of its own on a server that several use. */
final class SqlServer implements StoreServer {

  private final InetSocketAddress endpoint;
  private final BiFunction<String, Integer, String> url;
  private final String administration;
  private final String removal;

  /**
   * @param url of the database, by host and port
   * @param administration the URL of another database on the server
   * @param removal what removes this one
   */
  private SqlServer(
      InetSocketAddress endpoint,
      BiFunction<String, Integer, String> url,
      String administration,
      String removal) {
    this.endpoint = endpoint;
    this.url = url;
    this.administration = administration;
    this.removal = removal;
  }

  /** The URL of a database on a server. */
  @FunctionalInterface
  interface Urls {
    String of(String host, int port, String database);
  }

  /**
   * Makes a database of a new name.
   *
   * @param port where its server listens, on this host
   * @param other another database on it
   * @param drop what follows the name where it is removed
   */
  static SqlServer create(int port, Urls urls, String other, String drop) throws IOException {
    InetSocketAddress endpoint = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    String administration = urls.of(endpoint.getAddress().getHostAddress(), port, other);
    String database = "t" + UUID.randomUUID().toString().replace("-", "");
    try {
      execute(administration, "CREATE DATABASE " + database);
    } catch (SQLException e) {
      throw new IOException(e);
    }
    return new SqlServer(
        endpoint,
        (host, at) -> urls.of(host, at, database),
        administration,
        "DROP DATABASE " + database + drop);
  }

  @Override
  public String address() {
    return addressAt(endpoint.getAddress().getHostAddress(), endpoint.getPort());
  }

  @Override
  public Optional<InetSocketAddress> endpoint() {
    return Optional.of(endpoint);
  }

  @Override
  public String addressAt(String host, int port) {
    return url.apply(host, port);
  }

  @Override
  public Contents look() throws IOException {
    return SqlLook.at(address());
  }

  @Override
  public void close() {
    try {
      execute(administration, removal);
    } catch (SQLException e) {
      throw new IllegalStateException("the database of a test was not removed", e);
    }
  }

  static void execute(String url, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
