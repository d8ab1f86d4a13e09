package io.tyer.example.jobs;

import java.io.BufferedReader;
import java.io.IOException;
import java.security.SecureRandom;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HexFormat;
import org.h2.jdbcx.JdbcConnectionPool;
import org.h2.jdbcx.JdbcDataSource;
import org.h2.tools.Server;

/**
 * The database of the demo and its tests: in the memory of this process, for processes of this
 * machine that know its password.
 */
final class HostedDatabase implements AutoCloseable {

  private static final String LOOPBACK = "127.0.0.1";
  private static final String USER = "worker";

  private final Server server;
  private final String address;
  private final String password;

  private HostedDatabase(Server server, String address, String password) {
    this.server = server;
    this.address = address;
    this.password = password;
  }

  /** Starts it, with empty tables. */
  static HostedDatabase start() throws SQLException {
    // Read by H2 when its classes are loaded; it would listen at all addresses otherwise.
    System.setProperty("h2.bindAddress", LOOPBACK);
    String password = random();
    String database = "mem:jobs-" + random();
    // Made from within, since clients may not create any.
    String local = "jdbc:h2:" + database + ";DB_CLOSE_DELAY=-1";
    DriverManager.getConnection(local, USER, password).close();
    Server server =
        Server.createTcpServer("-tcpPort", "0", "-tcpDaemon", "-tcpPassword", random()).start();
    String address = "jdbc:h2:tcp://" + LOOPBACK + ":" + server.getPort() + "/" + database;
    HostedDatabase hosted = new HostedDatabase(server, address, password);
    hosted.open().create();
    return hosted;
  }

  /** What another process needs to connect to it, in lines, the last of which is a secret. */
  String connection() {
    return address + "\n" + password;
  }

  /** Connects to it, by the lines of {@link #connection}. */
  static JobTable open(BufferedReader lines) throws IOException {
    return open(lines.readLine(), lines.readLine());
  }

  /** Connects to it. */
  JobTable open() {
    return open(address, password);
  }

  private static JobTable open(String address, String password) {
    JdbcDataSource database = new JdbcDataSource();
    database.setURL(address);
    database.setUser(USER);
    database.setPassword(password);
    return new JobTable(JdbcConnectionPool.create(database));
  }

  private static String random() {
    byte[] bytes = new byte[16];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** Ends it. */
  @Override
  public void close() {
    server.stop();
  }
}
