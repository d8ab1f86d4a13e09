package io.tyer.example.frame;

import java.security.SecureRandom;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.h2.jdbcx.JdbcDataSource;
import org.h2.tools.Server;

/**
 * A database in the memory of this process, for processes of this machine that know its password.
 */
public final class HostedDatabase implements AutoCloseable {

  private static final String LOOPBACK = "127.0.0.1";
  private static final String USER = "demo";
  private static final Pattern URL = Pattern.compile("(.*);USER=(.*);PASSWORD=(.*)");
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Server server;
  private final String url;

  private HostedDatabase(Server server, String url) {
    this.server = server;
    this.url = url;
  }

  /** Starts it, empty. */
  public static HostedDatabase start() throws SQLException {
    // Read by H2 when its classes are loaded; it would listen at all addresses otherwise.
    System.setProperty("h2.bindAddress", LOOPBACK);
    String database = "mem:" + random();
    String settings = ";USER=" + USER + ";PASSWORD=" + random();
    // Made from within, since clients may not create any.
    DriverManager.getConnection("jdbc:h2:" + database + settings + ";DB_CLOSE_DELAY=-1").close();
    Server server =
        Server.createTcpServer("-tcpPort", "0", "-tcpDaemon", "-tcpPassword", random()).start();
    String address = "jdbc:h2:tcp://" + LOOPBACK + ":" + server.getPort() + "/";
    return new HostedDatabase(server, address + database + settings);
  }

  /** What it takes to connect to it, the password included. */
  public String url() {
    return url;
  }

  /** At which port of the loopback it listens. */
  public int port() {
    return server.getPort();
  }

  /** A pool of connections to a hosted database, of this process or another, by its URL. */
  public static DataSource connect(String url) {
    Matcher parts = URL.matcher(url);
    if (!parts.matches()) {
      throw new IllegalArgumentException("not the URL of a hosted database");
    }
    JdbcDataSource database = new JdbcDataSource();
    database.setURL(parts.group(1));
    database.setUser(parts.group(2));
    database.setPassword(parts.group(3));
    return JdbcConnectionPool.create(database);
  }

  private static String random() {
    byte[] bytes = new byte[16];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** Ends it. */
  @Override
  public void close() {
    server.stop();
  }
}
