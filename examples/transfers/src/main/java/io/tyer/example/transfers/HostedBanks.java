package io.tyer.example.transfers;

import java.io.BufferedReader;
import java.io.IOException;
import java.security.SecureRandom;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.h2.jdbcx.JdbcConnectionPool;
import org.h2.jdbcx.JdbcDataSource;
import org.h2.tools.Server;

/**
 * Two databases for the demo and its tests: in the memory of this process, for processes of this
 * machine that know their password.
 */
final class HostedBanks implements AutoCloseable {

  static final List<Account> ACCOUNTS =
      List.of(
          new Account("north", "ann"),
          new Account("north", "bob"),
          new Account("south", "cid"),
          new Account("south", "dot"));

  /** What is in each account at first. */
  static final long EACH = 1_000;

  /** What an account takes at most. */
  static final long MOST = 1_500;

  static final long TOTAL = ACCOUNTS.size() * EACH;

  private static final List<String> NAMES = List.of("north", "south");
  private static final String LOOPBACK = "127.0.0.1";
  private static final String USER = "teller";

  private final Server server;
  private final Map<String, String> addresses;
  private final String password;

  private HostedBanks(Server server, Map<String, String> addresses, String password) {
    this.server = server;
    this.addresses = addresses;
    this.password = password;
  }

  /** Starts both, with money in their accounts. */
  static HostedBanks start() throws SQLException {
    // Read by H2 when its classes are loaded; it would listen at all addresses otherwise.
    System.setProperty("h2.bindAddress", LOOPBACK);
    String run = random();
    String password = random();
    Server server =
        Server.createTcpServer("-tcpPort", "0", "-tcpDaemon", "-tcpPassword", random()).start();
    String tcp = "jdbc:h2:tcp://" + LOOPBACK + ":" + server.getPort() + "/";
    Map<String, String> addresses = new TreeMap<>();
    for (String name : NAMES) {
      String database = "mem:" + name + "-" + run;
      // Made from within, since clients may not create any.
      String local = "jdbc:h2:" + database + ";DB_CLOSE_DELAY=-1";
      DriverManager.getConnection(local, USER, password).close();
      addresses.put(name, tcp + database);
    }
    HostedBanks banks = new HostedBanks(server, addresses, password);
    Map<String, Bank> opened = banks.open();
    for (Map.Entry<String, Bank> bank : opened.entrySet()) {
      bank.getValue().createTables();
      for (Account account : ACCOUNTS) {
        if (account.bank().equals(bank.getKey())) {
          Boolean unused = bank.getValue().transaction(c -> Ledger.open(c, account, EACH, MOST));
        }
      }
    }
    return banks;
  }

  /** What another process needs to connect to them, in lines, the last of which is a secret. */
  String connections() {
    return String.join("\n", addresses.get("north"), addresses.get("south"), password);
  }

  /** Connects to both, by the lines of {@link #connections}. */
  static Map<String, Bank> open(BufferedReader lines) throws IOException {
    return open(Map.of("north", lines.readLine(), "south", lines.readLine()), lines.readLine());
  }

  /** Connects to both. */
  Map<String, Bank> open() {
    return open(addresses, password);
  }

  private static Map<String, Bank> open(Map<String, String> addresses, String password) {
    Map<String, Bank> banks = new TreeMap<>();
    addresses.forEach(
        (name, address) -> {
          JdbcDataSource database = new JdbcDataSource();
          database.setURL(address);
          database.setUser(USER);
          database.setPassword(password);
          banks.put(name, new Bank(JdbcConnectionPool.create(database)));
        });
    return banks;
  }

  private static String random() {
    byte[] bytes = new byte[16];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** Ends both. */
  @Override
  public void close() {
    server.stop();
  }
}
