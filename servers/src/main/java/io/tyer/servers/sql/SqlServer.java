package io.tyer.servers.sql;

import io.tyer.servers.process.ServerProcess;
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
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A database of its own, on a server that several use or on one of its own. */
final class SqlServer implements StoreServer {

  private static final String HOST = InetAddress.getLoopbackAddress().getHostAddress();

  private final int port;
  private final Urls urls;
  private final String database;
  private final @Nullable ServerProcess process;
  private final Ending ending;

  private SqlServer(
      int port, Urls urls, String database, @Nullable ServerProcess process, Ending ending) {
    this.port = port;
    this.urls = urls;
    this.database = database;
    this.process = process;
    this.ending = ending;
  }

  /** The URL of a database on a server. */
  @FunctionalInterface
  interface Urls {
    String of(String host, int port, String database);

    /** The same on this host. */
    default String here(int port, String database) {
      return of(HOST, port, database);
    }
  }

  /** What ends it. */
  @FunctionalInterface
  private interface Ending {
    void run() throws SQLException;
  }

  /**
   * Makes a database on a server that others use.
   *
   * @param port where the server listens, on this host
   * @param other another database on it
   * @param drop what follows the name where it is removed
   */
  static SqlServer shared(int port, Urls urls, String other, String drop) throws IOException {
    String administration = urls.here(port, other);
    String database = create(administration);
    return new SqlServer(
        port,
        urls,
        database,
        null,
        () -> execute(administration, "DROP DATABASE " + database + drop));
  }

  /**
   * Starts a server, and makes a database on it.
   *
   * @param other another database on it
   */
  static SqlServer own(ServerProcess process, Urls urls, String other) throws IOException {
    try {
      process.start();
      String database = create(urls.here(process.port(), other));
      return new SqlServer(process.port(), urls, database, process, process::close);
    } catch (IOException e) {
      process.close();
      throw e;
    }
  }

  private static String create(String administration) throws IOException {
    String database = "t" + UUID.randomUUID().toString().replace("-", "");
    try {
      execute(administration, "CREATE DATABASE " + database);
    } catch (SQLException e) {
      throw new IOException(e);
    }
    return database;
  }

  @Override
  public String address() {
    return urls.here(port, database);
  }

  @Override
  public Optional<InetSocketAddress> endpoint() {
    return Optional.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
  }

  @Override
  public String addressAt(String host, int at) {
    return urls.of(host, at, database);
  }

  @Override
  public boolean hasProcess() {
    return process != null;
  }

  @Override
  public OptionalLong pid() {
    return process == null ? OptionalLong.empty() : process.pid();
  }

  private ServerProcess process() {
    if (process == null) {
      throw new UnsupportedOperationException(address() + " is on a server that others use");
    }
    return process;
  }

  @Override
  public void kill() {
    process().kill();
  }

  @Override
  public void start() throws IOException {
    process().start();
  }

  @Override
  public Stopped pause() throws IOException {
    ServerProcess stopped = process();
    stopped.pause();
    return stopped::resume;
  }

  @Override
  public Contents look() throws IOException {
    return SqlLook.at(address());
  }

  @Override
  public void close() {
    try {
      ending.run();
    } catch (SQLException e) {
      throw new IllegalStateException("the database of a test was not removed", e);
    }
  }

  /** Whether a server answers at this URL; what it answers is an error as long as it starts. */
  static boolean answers(String url) throws IOException {
    try {
      execute(url, "SELECT 1");
      return true;
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }

  static void execute(String url, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
