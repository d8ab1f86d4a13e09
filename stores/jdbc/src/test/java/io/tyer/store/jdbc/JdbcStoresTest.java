package io.tyer.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.tyer.Lease;
import io.tyer.StoreRefusedException;
import io.tyer.Tyer;
import io.tyer.servers.sql.H2Kind;
import io.tyer.servers.sql.PostgresKind;
import io.tyer.testkit.server.StoreServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;

/** Stores on the connections of a DataSource that there is already. */
@Timeout(180)
class JdbcStoresTest {

  private static final String ADDRESS = "jdbc:datasource?operation-timeout=20s";

  @TempDir Path directory;

  private final List<AutoCloseable> opened = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    Collections.reverse(opened);
    for (AutoCloseable one : opened) {
      one.close();
    }
  }

  private StoreServer server(String kind) throws IOException {
    StoreServer server =
        kind.equals("postgresql") ? new PostgresKind().shared() : new H2Kind().start(directory);
    opened.add(server);
    return server;
  }

  private HikariDataSource pool(StoreServer server) {
    return pool(server.address());
  }

  private HikariDataSource pool(String url) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setMaximumPoolSize(4);
    HikariDataSource pool = new HikariDataSource(config);
    opened.add(pool);
    return pool;
  }

  private static Tyer open(Handing source) {
    return Tyer.builder(ADDRESS).provider(JdbcStores.of(source)).open();
  }

  @ParameterizedTest
  @ValueSource(strings = {"h2", "postgresql"})
  void locksAreInItsDatabaseAndItsConnectionsComeBackAsTheyWere(String kind) throws Exception {
    StoreServer server = server(kind);
    HikariDataSource mine = pool(server);
    Handing handing = new Handing(mine);
    int timeout;
    try (Connection connection = mine.getConnection()) {
      timeout = connection.getNetworkTimeout();
    }
    try (Tyer here = open(handing);
        Tyer there = Tyer.open(server.address())) {
      Lease held = here.lock("a").acquire();
      assertThat(there.lock("a").tryAcquire().asOptional()).isEmpty();
      assertThat(server.look().tickets("a")).isEqualTo(1);
      CompletableFuture<Lease> waiting = here.lock("b").acquireAsync();
      waiting.get(60, TimeUnit.SECONDS).close();
      CompletableFuture<Lease> other = there.lock("a").acquireAsync();
      held.close();
      other.get(60, TimeUnit.SECONDS).close();
      here.lock("a").acquire().close();
    }
    assertThat(handing.given()).hasSizeGreaterThan(5).allMatch(JdbcStoresTest::isClosed);
    assertThat(server.look().isEmpty()).isTrue();
    assertThat(mine.isClosed()).isFalse();
    assertThat(mine.getHikariPoolMXBean().getActiveConnections()).isZero();
    try (Connection connection = mine.getConnection()) {
      assertThat(connection.getAutoCommit()).isTrue();
      assertThat(connection.getNetworkTimeout()).isEqualTo(timeout);
    }
  }

  private static boolean isClosed(Connection connection) {
    try {
      return connection.isClosed();
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aConnectionThatMayBeInATransactionIsLeftAlone() throws Exception {
    StoreServer server = server("h2");
    Handing handing = new Handing(pool(server));
    handing.autoCommit(false);
    assertThatThrownBy(() -> open(handing))
        .isInstanceOf(StoreRefusedException.class)
        .hasMessageContaining("not in auto-commit mode");
    handing.autoCommit(true);
    try (Tyer tyer = open(handing)) {
      Lease kept = tyer.lock("kept").acquire();
      handing.autoCommit(false);
      assertThatThrownBy(() -> tyer.lock("a").acquire())
          .isInstanceOf(StoreRefusedException.class)
          .hasMessageContaining("not in auto-commit mode");
      handing.autoCommit(true);
      assertThat(server.look().tickets("a")).isZero();
      kept.close();
    }
    assertThat(handing.given()).allMatch(JdbcStoresTest::isClosed);
  }

  @Test
  void whatGivesOutACallersTransactionIsRefusedByName() throws Exception {
    Handing aware = new TransactionAwareDataSourceProxy(pool(server("h2")));
    for (Handing each :
        new Handing[] {aware, new TransactionAwareDataSourceProxy(aware) {}, new Handing(aware)}) {
      assertThatThrownBy(() -> JdbcStores.of(each))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("TransactionAwareDataSourceProxy gives out")
          .hasMessageContaining("getTargetDataSource()");
    }
    assertThat(aware.given()).isEmpty();
  }

  @Test
  void ownTablesAreUsedWhereNoneAreToBeMade() throws Exception {
    HikariDataSource mine = pool(server("h2"));
    String address = "jdbc:datasource?create=false&prefix=ops_locks";
    assertThatThrownBy(() -> Tyer.builder(address).provider(JdbcStores.of(mine)).open())
        .isInstanceOf(StoreRefusedException.class)
        .hasMessageContaining("jdbc:datasource (jdbc:h2:mem:")
        .hasMessageContaining("has no tables");
    try (Connection connection = mine.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(JdbcSchema.ddl("h2", "ops_locks"));
    }
    try (Tyer tyer = Tyer.builder(address).provider(JdbcStores.of(mine)).open()) {
      tyer.lock("a").acquire().close();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:sqlite::memory:",
        "jdbc:sqlite:",
        "jdbc:sqlite:file:a?mode=memory",
        "jdbc:h2:mem:"
      })
  void databasesThatNoOtherConnectionSeesAreRefused(String url) {
    HikariDataSource mine = pool(url);
    assertThatThrownBy(
            () -> Tyer.builder("jdbc:datasource").provider(JdbcStores.of(mine)).open().close())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("memory");
  }

  @Test
  void otherAddressesAreRefused() throws Exception {
    HikariDataSource mine = pool(server("h2"));
    assertThatThrownBy(
            () -> Tyer.builder("jdbc:h2:mem:x").provider(JdbcStores.of(mine)).open().close())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the address is jdbc:datasource");
    assertThatThrownBy(
            () ->
                Tyer.builder("jdbc:datasource?connections=3")
                    .provider(JdbcStores.of(mine))
                    .open()
                    .close())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not connections");
    assertThatThrownBy(() -> Tyer.open("jdbc:datasource").close())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("JdbcStores.of(dataSource)");
  }
}
