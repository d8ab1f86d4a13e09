package io.tyer.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.Lease;
import io.tyer.Tyer;
import io.tyer.TyerOption;
import io.tyer.servers.sql.H2Kind;
import io.tyer.servers.sql.MariaDbKind;
import io.tyer.servers.sql.PostgresKind;
import io.tyer.servers.sql.SqliteKind;
import io.tyer.testkit.server.StoreServer;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients wait for, read together. */
@Timeout(180)
@Tag("full")
class ReadEachTest {

  private static final int MANY = 300;

  /** What would be told apart wrongly by a database that takes names for text, or for patterns. */
  private static final List<String> ODD =
      List.of("a", "A", "a ", "ä", "a\u0308", "a\\", "a\\0", "a\0", "'", "\"", "?", "%", "🔑");

  @TempDir Path directory;

  private StoreServer server(String kind) throws IOException {
    return switch (kind) {
      case "postgresql" -> new PostgresKind().shared();
      case "mariadb" -> new MariaDbKind().shared();
      case "sqlite" -> new SqliteKind().start(directory);
      default -> new H2Kind().start(directory);
    };
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 2", "3, 4", "4, 4", "5, 8", "200, 256", "256, 256"})
  void statementsAreFew(int records, int places) {
    assertThat(Sql.places(records)).isEqualTo(places);
  }

  @ParameterizedTest
  @ValueSource(strings = {"h2", "sqlite", "postgresql", "mariadb"})
  void eachWaitsForItsOwnName(String kind) throws Exception {
    try (StoreServer server = server(kind);
        Tyer one = open(server);
        Tyer two = open(server)) {
      List<Lease> held = new ArrayList<>();
      List<CompletableFuture<Lease>> waiting = new ArrayList<>();
      for (String name : ODD) {
        held.add(one.lock(name).acquire());
        waiting.add(two.lock(name).acquireAsync());
      }
      for (int i = ODD.size() - 1; i >= 0; i--) {
        held.get(i).close();
        waiting.get(i).get(60, TimeUnit.SECONDS);
        assertThat(waiting.subList(0, i)).noneMatch(CompletableFuture::isDone);
      }
    }
  }

  private static Tyer open(StoreServer server) {
    return Tyer.builder(server.address()).option(TyerOption.OPERATION_TIMEOUT, "20s").open();
  }

  /** Behind more names than one statement has, and beside a row that says nothing. */
  @Test
  void manyWaitByFewStatements() throws Exception {
    try (StoreServer server = new H2Kind().start(directory);
        Tyer one = open(server)) {
      ConcurrentLinkedQueue<String> executed = new ConcurrentLinkedQueue<>();
      JdbcDataSource source = new JdbcDataSource();
      source.setURL(server.address());
      Handing counting =
          new Handing(source) {
            @Override
            public Connection getConnection() throws SQLException {
              return counted(super.getConnection(), executed);
            }
          };
      try (Tyer two =
          Tyer.builder("jdbc:datasource?operation-timeout=20s")
              .provider(JdbcStores.of(counting))
              .open()) {
        List<Lease> held = new ArrayList<>();
        List<CompletableFuture<Lease>> waiting = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
          held.add(one.lock("n" + i).acquire());
          waiting.add(two.lock("n" + i).acquireAsync());
        }
        damage(server, "n7");
        executed.clear();
        long began = System.nanoTime();
        held.get(0).close();
        held.get(MANY - 1).close();
        waiting.get(0).get(60, TimeUnit.SECONDS);
        waiting.get(MANY - 1).get(60, TimeUnit.SECONDS);
        // Each on its own, each of them would have been asked for twice a second, in two
        // statements.
        TimeUnit.MILLISECONDS.sleep(Math.max(0, 1_500 - (System.nanoTime() - began) / 1_000_000));
        long seconds = 1 + (System.nanoTime() - began) / 1_000_000_000;
        assertThat(executed)
            .filteredOn(sql -> sql.contains("_line WHERE name IN") && sql.contains("?, ?, ?, ?"))
            .isNotEmpty();
        assertThat(executed.stream().filter(sql -> sql.startsWith("SELECT")).count())
            .isLessThan(seconds * MANY);
        assertThat(waiting.get(7)).isNotDone();
      }
    }
  }

  private static void damage(StoreServer server, String name) throws SQLException {
    try (Connection connection = DriverManager.getConnection(server.address());
        Statement statement = connection.createStatement()) {
      statement.execute(
          "UPDATE tyer_line SET content = 'nothing', version = version + 1 WHERE name = '"
              + name
              + "'");
    }
  }

  private static Connection counted(Connection connection, ConcurrentLinkedQueue<String> executed) {
    return (Connection)
        Proxy.newProxyInstance(
            Connection.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("prepareStatement")) {
                executed.add(String.valueOf(arguments[0]));
              }
              try {
                return method.invoke(connection, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
