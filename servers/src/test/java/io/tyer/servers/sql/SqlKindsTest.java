package io.tyer.servers.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tyer.testkit.server.ServerKind;
import io.tyer.testkit.server.StoreServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Database servers of their own, killed, stopped and started again. */
@Timeout(120)
@Tag("full")
class SqlKindsTest {

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"postgresql", "mariadb"})
  void whatWasAcknowledgedIsThereAfterAKill(String kind) throws Exception {
    try (StoreServer server = ServerKind.named(kind).start(directory)) {
      String address = server.address();
      List<ProcessHandle> family;
      try (Connection connection = DriverManager.getConnection(address);
          Statement statement = connection.createStatement()) {
        statement.execute("CREATE TABLE kept (n integer PRIMARY KEY)");
        insert(connection, 100);
        assertThat(isDurable(statement, kind)).isTrue();
        ProcessHandle parent = ProcessHandle.of(server.pid().orElseThrow()).orElseThrow();
        family = parent.descendants().toList();
        server.kill();
        assertThat(parent.isAlive()).isFalse();
        assertThatThrownBy(() -> statement.execute("SELECT 1")).isInstanceOf(SQLException.class);
      }
      assertThat(family).noneMatch(SqlKindsTest::runs);
      assertThat(server.pid()).isEmpty();
      assertThatThrownBy(server::look).isInstanceOf(IOException.class);
      server.kill();
      server.start();
      assertThat(server.address()).isEqualTo(address);
      assertThat(rows(address)).isEqualTo(100);
      long pid = server.pid().orElseThrow();
      server.start();
      assertThat(server.pid()).hasValue(pid);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"postgresql", "mariadb"})
  void aPausedServerAnswersNobodyUntilItIsResumed(String kind) throws Exception {
    StoreServer closed;
    try (StoreServer server = ServerKind.named(kind).start(directory)) {
      closed = server;
      try (Connection connection = DriverManager.getConnection(server.address());
          Statement statement = connection.createStatement()) {
        statement.execute("SELECT 1");
        StoreServer.Stopped stopped = server.pause();
        assertThat(server.pid()).isPresent();
        assertThat(connection.isValid(1)).isFalse();
        stopped.resume();
      }
      assertThat(server.look().isEmpty()).isTrue();
      // Killed while it is paused.
      StoreServer.Stopped stopped = server.pause();
      server.kill();
      assertThatThrownBy(stopped::resume).isInstanceOf(IOException.class);
      server.start();
      assertThat(server.look().isEmpty()).isTrue();
    }
    assertThat(closed.pid()).isEmpty();
    assertThatThrownBy(closed::start).isInstanceOf(IOException.class);
    closed.close();
  }

  private static void insert(Connection connection, int rows) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO kept (n) VALUES (?)")) {
      for (int i = 0; i < rows; i++) {
        insert.setInt(1, i);
        insert.executeUpdate();
      }
    }
  }

  /** Whether a commit is on the disk before it is acknowledged, as the server itself says. */
  private static boolean isDurable(Statement statement, String kind) throws SQLException {
    return kind.equals("postgresql")
        ? answer(statement, "SHOW fsync").equals("on")
            && answer(statement, "SHOW synchronous_commit").equals("on")
        : answer(statement, "SELECT @@innodb_flush_log_at_trx_commit").equals("1");
  }

  private static String answer(Statement statement, String question) throws SQLException {
    try (ResultSet answer = statement.executeQuery(question)) {
      assertThat(answer.next()).isTrue();
      return answer.getString(1);
    }
  }

  private static int rows(String address) throws SQLException {
    try (Connection connection = DriverManager.getConnection(address);
        Statement statement = connection.createStatement()) {
      return Integer.parseInt(answer(statement, "SELECT COUNT(*) FROM kept"));
    }
  }

  /** One that is dead and was not yet taken note of has no command any more. */
  private static boolean runs(ProcessHandle process) {
    return process.isAlive() && process.info().command().isPresent();
  }
}
