package io.tyer.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tyer.Lease;
import io.tyer.LossCause;
import io.tyer.StoreUnreachableException;
import io.tyer.Tyer;
import io.tyer.TyerOption;
import io.tyer.servers.sql.MariaDbKind;
import io.tyer.testkit.server.StoreServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that is made read-only while clients hold and wait, as one is that gives way. */
@Timeout(180)
class ReadOnlyTest {

  @TempDir Path directory;

  private static Tyer open(String address, int ttlSeconds) {
    return Tyer.builder(address)
        .ttl(Duration.ofSeconds(ttlSeconds))
        .option(TyerOption.BEAT, "1s")
        .option(TyerOption.OPERATION_TIMEOUT, "3s")
        .open();
  }

  @Test
  void itIsTakenForUnreachableAndTheSameClientsGoOn() throws Exception {
    try (StoreServer server = new MariaDbKind().start(directory);
        Connection administration = DriverManager.getConnection(server.address())) {
      String address = server.address().replace("user=root", "user=app&password=app");
      String mysql =
          address
              .replace("jdbc:mariadb:", "jdbc:mysql:")
              .replace("sslMode=disable", "sslMode=DISABLED");
      // Whoever may do anything is not bound by it.
      execute(
          administration,
          "FLUSH PRIVILEGES",
          "CREATE USER app@'%' IDENTIFIED BY 'app'",
          "GRANT ALL ON *.* TO app@'%'",
          "REVOKE SUPER, READ_ONLY ADMIN ON *.* FROM app@'%'");
      try (Tyer one = open(address, 60);
          Tyer two = open(mysql, 60);
          Tyer brief = open(address, 3)) {
        CompletableFuture<LossCause> lost = new CompletableFuture<>();
        brief.lock("brief").acquire().onLost(lost::complete);
        Lease held = one.lock("a").acquire();
        long token = held.token();
        CompletableFuture<Lease> waiting = two.lock("a").acquireAsync();
        execute(administration, "SET GLOBAL read_only = 1");
        for (Tyer tyer : new Tyer[] {one, two}) {
          assertThatThrownBy(() -> tyer.lock("b").tryAcquire())
              .isInstanceOf(StoreUnreachableException.class)
              .hasMessageContaining("is read-only, as a replica is");
        }
        assertThat(lost.get(60, TimeUnit.SECONDS)).isEqualTo(LossCause.UNPROVED);
        assertThat(held.isValid()).isTrue();
        assertThat(waiting).isNotDone();
        execute(administration, "SET GLOBAL read_only = 0");
        one.lock("b").tryAcquire(Duration.ofSeconds(30)).orElseThrow().close();
        held.checkValid();
        assertThat(waiting).isNotDone();
        held.close();
        assertThat(waiting.get(60, TimeUnit.SECONDS).token()).isGreaterThan(token);
        brief.lock("brief").tryAcquire(Duration.ofSeconds(30)).orElseThrow().close();
      }
    }
  }

  private static void execute(Connection connection, String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
