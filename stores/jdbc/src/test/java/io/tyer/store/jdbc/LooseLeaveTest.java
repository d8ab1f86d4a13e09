package io.tyer.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.Lease;
import io.tyer.Tyer;
import io.tyer.TyerBuilder;
import io.tyer.TyerOption;
import io.tyer.servers.sql.PostgresKind;
import io.tyer.testkit.server.StoreServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Giving back on PostgreSQL, which waits for no flush. */
@Timeout(120)
class LooseLeaveTest {

  private static final int MOST_KILLS = 6;

  @TempDir Path directory;

  private static Tyer open(String address) {
    return builder(address).open();
  }

  private static Tyer open(String address, int batons) {
    return builder(address).option(TyerOption.BATONS, Integer.toString(batons)).open();
  }

  private static TyerBuilder builder(String address) {
    return Tyer.builder(address).ttl(Duration.ofSeconds(60)).option(TyerOption.BEAT, "5s");
  }

  private static void execute(String address, String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection(address);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /**
   * Killed before it has flushed what was given back: nobody waits for long for a ticket of nobody.
   */
  @Test
  void aTicketThatComesBackWithAKillLeavesAgainThoughItsSessionLives() throws Exception {
    try (StoreServer server = new PostgresKind().start(directory)) {
      execute(
          server.address(), "ALTER SYSTEM SET wal_writer_delay = '10s'", "SELECT pg_reload_conf()");
      try (Tyer one = open(server.address());
          Tyer two = open(server.address())) {
        boolean cameBack = false;
        for (int kills = 0; !cameBack && kills < MOST_KILLS; kills++) {
          Lease lease = one.lock("a").acquire();
          lease.close();
          server.kill();
          server.start();
          cameBack = server.look().tickets("a") == 1;
        }
        assertThat(cameBack).as("a kill came before the flush").isTrue();
        Lease next = two.lock("a").tryAcquire(Duration.ofSeconds(25)).orElseThrow();
        assertThat(server.look().tickets("a")).isEqualTo(1);
        next.close();
      }
    }
  }

  /** Taken by the write that gave another one back: whoever is told of it has it. */
  @Test
  void aTicketTakenWhilePassingOnLastsOnceItIsTold() throws Exception {
    try (StoreServer server = new PostgresKind().start(directory)) {
      execute(
          server.address(), "ALTER SYSTEM SET wal_writer_delay = '10s'", "SELECT pg_reload_conf()");
      try (Tyer one = open(server.address(), 0);
          Tyer two = open(server.address(), 0)) {
        for (int kills = 0; kills < 3; kills++) {
          Lease first = one.lock("a").acquire();
          CompletableFuture<Lease> waiting = one.lock("a").acquireAsync();
          first.close();
          Lease second = waiting.get(60, TimeUnit.SECONDS);
          server.kill();
          server.start();
          assertThat(second.isValid()).isTrue();
          assertThat(server.look().tickets("a")).isPositive();
          long token = second.token();
          second.close();
          Lease next = two.lock("a").tryAcquire(Duration.ofSeconds(25)).orElseThrow();
          assertThat(next.token()).isGreaterThan(token);
          next.close();
        }
      }
    }
  }

  @Test
  void whoMayNotNotifyGivesBackAllTheSame() throws Exception {
    try (StoreServer server = new PostgresKind().shared()) {
      String role = "r" + UUID.randomUUID().toString().replace("-", "");
      execute(
          server.address(),
          "CREATE ROLE " + role + " LOGIN",
          "GRANT ALL ON SCHEMA public TO " + role,
          "REVOKE EXECUTE ON FUNCTION pg_notify(text, text) FROM PUBLIC");
      String address = server.address().replace("user=postgres", "user=" + role);
      try (Tyer one = open(address);
          Tyer two = open(address)) {
        Lease lease = one.lock("a").acquire();
        CompletableFuture<Lease> waiting = two.lock("a").acquireAsync();
        lease.close();
        waiting.get(60, TimeUnit.SECONDS).close();
        one.lock("a").tryAcquire(Duration.ofSeconds(30)).orElseThrow().close();
      } finally {
        execute(server.address(), "DROP OWNED BY " + role, "DROP ROLE " + role);
      }
    }
  }
}
