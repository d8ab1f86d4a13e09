package io.tyer.store.jdbc;

import io.tyer.servers.process.Ports;
import io.tyer.servers.process.ServerProcess;
import io.tyer.testkit.host.Needs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** PgBouncer before a server: each transaction may go by another of its few connections. */
final class Pooler implements AutoCloseable {

  private final ServerProcess process;
  private final String database;

  private Pooler(ServerProcess process, String database) {
    this.process = process;
    this.database = database;
  }

  /**
   * Starts it.
   *
   * @param server the URL of the database behind it
   */
  static Pooler start(Path directory, String server) throws IOException {
    URI uri = URI.create(server.substring("jdbc:".length()));
    String database = uri.getPath().substring(1);
    int port = Ports.take();
    Path users = Files.writeString(directory.resolve("users.txt"), "\"postgres\" \"\"\n");
    Path settings =
        Files.writeString(
            directory.resolve("pgbouncer.ini"),
            String.join(
                "\n",
                "[databases]",
                "* = host=127.0.0.1 port=" + uri.getPort(),
                "[pgbouncer]",
                "listen_addr = 127.0.0.1",
                "listen_port = " + port,
                "unix_socket_dir =",
                "auth_type = trust",
                "auth_file = " + users,
                "pool_mode = transaction",
                "default_pool_size = 4",
                "ignore_startup_parameters = extra_float_digits",
                ""));
    // It refuses to be root: in a user namespace of its own it is nobody.
    boolean root = "root".equals(System.getProperty("user.name"));
    List<String> command =
        Stream.concat(
                root ? Stream.of("unshare", "-U") : Stream.empty(),
                Stream.of(Needs.program("pgbouncer").orElseThrow().toString(), settings.toString()))
            .toList();
    ServerProcess process =
        new ServerProcess(
            directory, port, "pgbouncer.log", command, Map.of(), () -> isReached(port));
    try {
      process.start();
    } catch (IOException e) {
      process.close();
      throw e;
    }
    return new Pooler(process, database);
  }

  private static boolean isReached(int port) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
      return true;
    }
  }

  /** The database through it; what is prepared by name would not be found again. */
  String address() {
    return "jdbc:postgresql://" + process + "/" + database + "?user=postgres&prepareThreshold=0";
  }

  @Override
  public void close() {
    process.close();
  }
}
