package io.tyer.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tyer.Tyer;
import io.tyer.servers.sql.MariaDbKind;
import io.tyer.spi.StoreAddress;
import io.tyer.spi.StoreException;
import io.tyer.testkit.server.StoreServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the tables say of servers, and what is done where that is another one. */
@Timeout(180)
class LineageTest {

  private static final long MINUTE_MICROS = 60_000_000;

  @SuppressWarnings("NonFinalStaticField") // started once for all tests
  private static StoreServer server;

  private Connection connection;

  @BeforeAll
  static void start(@TempDir Path directory) throws Exception {
    server = new MariaDbKind().start(directory);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void connect() throws Exception {
    connection = DriverManager.getConnection(server.address());
  }

  @AfterEach
  void removeTables() throws Exception {
    execute("DROP TABLE IF EXISTS tyer_line, tyer_session, tyer_shared");
    connection.close();
  }

  private static Lineage lineage() {
    return new Lineage(Dialect.MARIADB, new Sql(Dialect.MARIADB, "tyer"));
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private String ask(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(sql)) {
      return found.next() ? String.valueOf(found.getString(1)) : "nothing";
    }
  }

  private String written() throws SQLException {
    return ask("SELECT CONCAT(content, ' ', version) FROM tyer_shared WHERE name = 'lineage'");
  }

  private long floor() throws SQLException {
    return Long.parseLong(ask("SELECT floor FROM tyer_shared WHERE name = 'floor'"));
  }

  private long lineFloor() throws SQLException {
    return Long.parseLong(ask("SELECT floor FROM tyer_line"));
  }

  private long now() throws SQLException {
    return Long.parseLong(ask("SELECT TIMESTAMPDIFF(MICROSECOND, '2025-01-01', UTC_TIMESTAMP(6))"));
  }

  private void makeTablesAndALine() throws Exception {
    try (Tyer tyer = Tyer.open(server.address())) {
      tyer.lock("a").acquire().close();
    }
  }

  /** As if all that had been written on another server, and then come here. */
  private void beWrittenElsewhere(int version) throws SQLException {
    execute(
        "UPDATE tyer_shared SET content = 'other', version = "
            + version
            + " WHERE name = 'lineage'");
  }

  @Test
  void whereThereAreNoTablesNothingIsRaised() throws Exception {
    lineage().check(connection);
    assertThat(connection.getAutoCommit()).isTrue();
  }

  @Test
  void whoeverMakesTheTablesWritesDownTheServer() throws Exception {
    makeTablesAndALine();
    assertThat(written()).matches("\\d+/.+ 1");
    assertThat(floor()).as("nothing was raised").isZero();
  }

  /** Its connections have been looked at before there were any. */
  @Test
  void theServerIsWrittenDownBeforeAnythingElse() throws Exception {
    JdbcAddress address = JdbcAddress.of(StoreAddress.parse(server.address()));
    Sql sql = new Sql(address.dialect(), address.prefix());
    try (Connections connections =
        new Connections(address, new OwnPool(address, Duration.ofSeconds(5), System::nanoTime))) {
      // Those that are made for one request are not used again.
      long before = 0;
      for (long id = idOf(connections); id != before; id = idOf(connections)) {
        before = id;
      }
      new Tables(connections, sql, address).ready();
      assertThat(idOf(connections)).isNotEqualTo(before);
      assertThat(written()).endsWith(" 1");
    }
  }

  private static long idOf(Connections connections) throws StoreException {
    return connections.call(
        false,
        connection -> {
          try (Statement statement = connection.createStatement();
              ResultSet found = statement.executeQuery("SELECT CONNECTION_ID()")) {
            assertThat(found.next()).isTrue();
            return found.getLong(1);
          }
        });
  }

  @Test
  void onAnotherServerAllFloorsAreRaisedByOneOfSeveral() throws Exception {
    makeTablesAndALine();
    // Beyond the clock.
    execute("UPDATE tyer_line SET floor = floor + " + 10 * MINUTE_MICROS);
    long line = lineFloor();
    beWrittenElsewhere(7);
    List<CompletableFuture<Void>> clients = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      clients.add(
          CompletableFuture.runAsync(
              () -> {
                try (Connection own = DriverManager.getConnection(server.address())) {
                  lineage().check(own);
                } catch (SQLException e) {
                  throw new IllegalStateException(e);
                }
              }));
    }
    for (CompletableFuture<Void> client : clients) {
      client.join();
    }
    assertThat(written()).matches("\\d+/.+ 8");
    assertThat(lineFloor()).isEqualTo(line + MINUTE_MICROS);
    assertThat(floor()).isEqualTo(line + MINUTE_MICROS);
  }

  @Test
  void whatIsNotRaisedIsNotWrittenDown() throws Exception {
    makeTablesAndALine();
    beWrittenElsewhere(7);
    execute(
        "CREATE TRIGGER no BEFORE UPDATE ON tyer_line FOR EACH ROW SIGNAL SQLSTATE '45000' SET"
            + " MESSAGE_TEXT = 'no'");
    assertThatThrownBy(() -> lineage().check(connection)).isInstanceOf(SQLException.class);
    assertThat(written()).isEqualTo("other 7");
    assertThat(floor()).isZero();
    execute("DROP TRIGGER no");
    lineage().check(connection);
    assertThat(floor()).isGreaterThan(now());
  }

  /** It was the primary, gave way, and took up everything before it became it again. */
  @Test
  void aServerThatTakesItsPlaceAgainIsSeen() throws Exception {
    makeTablesAndALine();
    Lineage lineage = lineage();
    AtomicInteger told = new AtomicInteger();
    AutoCloseable listening = lineage.whenReplaced(told::incrementAndGet);
    lineage.check(connection);
    beWrittenElsewhere(2);
    lineage.check(connection);
    long raised = floor();
    assertThat(raised).isGreaterThan(now());
    assertThat(told).hasValue(1);
    lineage.check(connection);
    assertThat(floor()).isEqualTo(raised);
    assertThat(told).hasValue(1);
    listening.close();
    beWrittenElsewhere(4);
    lineage.check(connection);
    assertThat(told).hasValue(1);
  }

  /** It has gone back to what it was before another one, of which this client has read. */
  @Test
  void whatWasReadAndIsGoneIsMissed() throws Exception {
    makeTablesAndALine();
    String before = written();
    Lineage lineage = lineage();
    beWrittenElsewhere(2);
    lineage.check(connection);
    assertThat(written()).endsWith(" 3");
    long raised = floor();
    execute("UPDATE tyer_shared SET version = 1 WHERE name = 'lineage'");
    assertThat(written()).isEqualTo(before);
    lineage().check(connection);
    assertThat(floor()).as("for who has read nothing").isEqualTo(raised);
    lineage.check(connection);
    assertThat(floor()).isGreaterThan(raised);
    assertThat(written()).endsWith(" 4");
  }
}
