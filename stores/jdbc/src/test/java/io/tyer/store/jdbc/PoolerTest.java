package io.tyer.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.tyer.Lease;
import io.tyer.Tyer;
import io.tyer.TyerBuilder;
import io.tyer.TyerOption;
import io.tyer.servers.sql.PostgresKind;
import io.tyer.testkit.host.Needs;
import io.tyer.testkit.host.Requires;
import io.tyer.testkit.server.StoreServer;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL behind a pooler, and how clients are told there. */
@Timeout(120)
@Requires(Needs.PGBOUNCER)
class PoolerTest {

  private static final int GRANTS = 8;

  @TempDir Path directory;

  private static String listenUrl(StoreServer server) {
    return "listen-url=" + URLEncoder.encode(server.address(), StandardCharsets.UTF_8);
  }

  private static Tyer open(TyerBuilder builder) {
    return builder.option(TyerOption.OPERATION_TIMEOUT, "20s").open();
  }

  private Pooler pooler(StoreServer server) throws IOException {
    return Pooler.start(directory, server.address());
  }

  @Test
  void behindAPoolerWaitersPollAndWithListenUrlTheyAreTold() throws Exception {
    try (StoreServer server = new PostgresKind().shared();
        Pooler pooler = pooler(server)) {
      try (Tyer one = open(Tyer.builder(pooler.address()));
          Tyer two = open(Tyer.builder(pooler.address()))) {
        passOn(one, two);
        assertThat(listeners(server)).isZero();
      }
      String address = pooler.address() + "&" + listenUrl(server);
      try (Tyer one = open(Tyer.builder(address));
          Tyer two = open(Tyer.builder(address))) {
        assertThat(listeners(server)).isEqualTo(2);
        passOn(one, two);
      }
    }
  }

  /** Which otherwise has none left once somebody listens. */
  @Test
  void aPoolOfOneIsEnoughWhereListeningIsDoneElsewhere() throws Exception {
    try (StoreServer server = new PostgresKind().shared()) {
      HikariConfig config = new HikariConfig();
      config.setJdbcUrl(server.address());
      config.setMaximumPoolSize(1);
      try (HikariDataSource pool = new HikariDataSource(config);
          Tyer one =
              open(
                  Tyer.builder("jdbc:datasource?" + listenUrl(server))
                      .provider(JdbcStores.of(pool)));
          Tyer two = open(Tyer.builder(server.address()))) {
        assertThat(listeners(server)).isEqualTo(2);
        passOn(two, one);
        assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
      }
    }
  }

  private static void passOn(Tyer holder, Tyer next) throws Exception {
    for (int i = 0; i < GRANTS; i++) {
      Lease held = holder.lock("a").acquire();
      CompletableFuture<Lease> waiting = next.lock("a").acquireAsync();
      held.close();
      waiting.get(60, TimeUnit.SECONDS).close();
    }
  }

  /** How many connections to the database have listened last. */
  private static int listeners(StoreServer server) throws SQLException {
    try (Connection connection = DriverManager.getConnection(server.address());
        Statement statement = connection.createStatement();
        ResultSet found =
            statement.executeQuery(
                "SELECT COUNT(*) FROM pg_stat_activity"
                    + " WHERE datname = current_database() AND query LIKE 'LISTEN%'")) {
      found.next();
      return found.getInt(1);
    }
  }
}
