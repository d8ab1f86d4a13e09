package io.tyer.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tyer.Lease;
import io.tyer.StoreRefusedException;
import io.tyer.Tyer;
import io.tyer.servers.sql.H2Kind;
import io.tyer.servers.sql.MariaDbKind;
import io.tyer.servers.sql.MysqlDriverKind;
import io.tyer.servers.sql.PostgresKind;
import io.tyer.servers.sql.SqliteKind;
import io.tyer.testkit.server.StoreServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What happens to the tables: made by several, missing, newer, edited, emptied. */
@Timeout(120)
class TablesTest {

  @TempDir Path directory;

  private final List<StoreServer> servers = new ArrayList<>();

  /** A database, on a server that the tests share where it needs one. */
  private record Database(String name, Start start) {

    interface Start {
      StoreServer in(Path directory) throws IOException;
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Database> databases() {
    return Stream.of(
        new Database("postgresql", directory -> new PostgresKind().shared()),
        new Database("mariadb", directory -> new MariaDbKind().shared()),
        new Database("mysql-driver", directory -> new MysqlDriverKind().shared()),
        new Database("h2", new H2Kind()::start),
        new Database("sqlite", new SqliteKind()::start));
  }

  @AfterEach
  void stop() {
    servers.forEach(StoreServer::close);
  }

  private String start(Database database) throws IOException {
    StoreServer server = database.start().in(directory);
    servers.add(server);
    return server.address();
  }

  private static String with(String address, String options) {
    return address + (address.contains("?") ? "&" : "?") + options;
  }

  private static Tyer open(String address) {
    return Tyer.open(with(address, "operation-timeout=20s"));
  }

  private static int execute(String address, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(address);
        Statement statement = connection.createStatement()) {
      return statement.executeUpdate(sql);
    }
  }

  private static int rows(String address, String table) throws SQLException {
    try (Connection connection = DriverManager.getConnection(address);
        Statement statement = connection.createStatement();
        ResultSet count = statement.executeQuery("SELECT COUNT(*) FROM " + table)) {
      assertThat(count.next()).isTrue();
      return count.getInt(1);
    }
  }

  @ParameterizedTest
  @MethodSource("databases")
  void severalClientsMakeThemAtOnce(Database database) throws Exception {
    String address = start(database);
    List<CompletableFuture<Void>> clients = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      String name = "lock" + i;
      clients.add(
          CompletableFuture.runAsync(
              () -> {
                try (Tyer tyer = open(address)) {
                  tyer.lock(name).acquireAsync().toCompletableFuture().join().close();
                }
              }));
    }
    for (CompletableFuture<Void> client : clients) {
      client.join();
    }
    assertThat(rows(address, "tyer_line")).isEqualTo(6);
    assertThat(rows(address, "tyer_session")).isZero();
  }

  @ParameterizedTest
  @MethodSource("databases")
  void theyAreNotMadeWhereThatIsForbidden(Database database) throws Exception {
    String address = start(database);
    assertThatThrownBy(() -> open(with(address, "create=false")))
        .isInstanceOf(StoreRefusedException.class)
        .hasMessageContaining("has no tables for locks");
    assertThatThrownBy(() -> rows(address, "tyer_line")).isInstanceOf(SQLException.class);
  }

  @ParameterizedTest
  @MethodSource("databases")
  void theyStandWhereTheyAreToStand(Database database) throws Exception {
    String address = start(database);
    try (Tyer tyer = open(with(address, "prefix=other"));
        Lease held = tyer.lock("a").acquire()) {
      assertThat(held.isValid()).isTrue();
      assertThat(rows(address, "other_line")).isEqualTo(1);
      assertThat(rows(address, "other_session")).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @MethodSource("databases")
  void thoseOfANewerReleaseAreLeftAlone(Database database) throws Exception {
    String address = start(database);
    open(address).close();
    assertThat(execute(address, "UPDATE tyer_shared SET content = '2' WHERE name = 'format'"))
        .isEqualTo(1);
    assertThatThrownBy(() -> open(address))
        .isInstanceOf(StoreRefusedException.class)
        .hasMessageContaining("format 2")
        .hasMessageContaining("upgrade");
  }

  @ParameterizedTest
  @MethodSource("databases")
  void droppedOnesAreNamed(Database database) throws Exception {
    String address = start(database);
    try (Tyer tyer = open(address)) {
      tyer.lock("a").acquire().close();
      execute(address, "DROP TABLE tyer_line");
      assertThatThrownBy(() -> tyer.lock("a").acquire())
          .isInstanceOf(StoreRefusedException.class)
          .hasMessageContaining("lost its tables");
      // Another client makes it anew, and the first one goes on.
      try (Tyer next = open(address)) {
        next.lock("b").acquire().close();
      }
      tyer.lock("a").acquire().close();
    }
  }

  @ParameterizedTest
  @MethodSource("databases")
  void anEditedLineIsRefusedByNameAndNoOther(Database database) throws Exception {
    String address = start(database);
    try (Tyer tyer = open(address);
        Tyer other = open(address)) {
      tyer.lock("broken").acquire().close();
      execute(address, "UPDATE tyer_line SET content = 'x', version = version + 1");
      assertThatThrownBy(() -> other.lock("broken").acquire())
          .isInstanceOf(StoreRefusedException.class)
          .hasMessageContaining("'broken'")
          .hasMessageContaining("edited");
      other.lock("whole").acquire().close();
      try (Lease held = other.lock("held").acquire()) {
        assertThat(tyer.operator().locks("").stream().map(view -> view.name()))
            .as("listed beside it")
            .containsExactly(held.name());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("databases")
  void linesWithoutTicketsGoAfterAMinuteAndTheirTokensStillGrow(Database database)
      throws Exception {
    String address = start(database);
    try (Tyer tyer = open(with(address, "ttl=2s"))) {
      tyer.lock("once").acquire().close();
      // As if its numbers had run a day ahead of the clock, and a minute had passed.
      long ahead = 86_400_000_000L;
      assertThat(
              execute(
                  address,
                  "UPDATE tyer_line SET version = version + 1, floor = floor + "
                      + ahead
                      + ", changed = changed - 61000000"))
          .isEqualTo(1);
      long floor = tyer.lock("probe").acquireAsync().toCompletableFuture().join().token() >> 12;
      long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
      while (rows(address, "tyer_line") > 1) {
        assertThat(System.nanoTime() - until).as("swept within a minute").isNegative();
        TimeUnit.MILLISECONDS.sleep(100);
      }
      try (Lease again = tyer.lock("once").acquire()) {
        assertThat(again.token() >> 12).isGreaterThan(floor + ahead / 2);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("databases")
  void namesAreComparedByBytes(Database database) throws Exception {
    String address = start(database);
    List<String> names = List.of("a", "A", "a ", "\u00e4", "a\u0308", "a\0", "\\", "\\0", "\0");
    List<Lease> leases = new ArrayList<>();
    try (Tyer tyer = open(address)) {
      for (String name : names) {
        leases.add(tyer.lock(name).tryAcquire().orElseThrow());
      }
      try (Tyer other = open(address)) {
        assertThat(other.operator().locks("").stream().map(view -> view.name()))
            .containsExactlyInAnyOrderElementsOf(names);
        for (String name : names) {
          assertThat(other.lock(name).tryAcquire().asOptional()).as(name).isEmpty();
        }
      }
      leases.forEach(Lease::close);
    }
  }

  @ParameterizedTest
  @MethodSource("databases")
  void oneConnectionIsEnoughForManyNames(Database database) throws Exception {
    String address = start(database);
    try (Tyer tyer = open(with(address, "connections=1"));
        Tyer other = open(with(address, "connections=1"))) {
      List<CompletableFuture<Lease>> held = new ArrayList<>();
      List<CompletableFuture<Lease>> waiting = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        held.add(tyer.lock("n" + i).acquireAsync().toCompletableFuture());
      }
      for (CompletableFuture<Lease> lease : held) {
        assertThat(lease.join().isValid()).isTrue();
      }
      for (int i = 0; i < 20; i++) {
        waiting.add(other.lock("n" + i).acquireAsync().toCompletableFuture());
      }
      held.forEach(lease -> lease.join().close());
      waiting.forEach(lease -> lease.join().close());
    }
  }
}
