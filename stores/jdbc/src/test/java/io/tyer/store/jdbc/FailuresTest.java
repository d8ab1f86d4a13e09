package io.tyer.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tyer.spi.StoreException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What databases and drivers say, and what it means to who asked. */
class FailuresTest {

  /** As the driver says of a connection that broke, and then was used. */
  private static SQLException closed() {
    return new SQLException("Connection is closed", "42000", -1);
  }

  private static SQLException saidByThePool(SQLException cause) {
    return new SQLTransientConnectionException(
        "tyer - Connection is not available", cause.getSQLState(), cause);
  }

  @ParameterizedTest
  @EnumSource(names = {"MARIADB", "MYSQL"})
  void whatOnlyTheDriverSaysIsNoRefusal(Dialect dialect) {
    for (SQLException said : new SQLException[] {closed(), saidByThePool(closed())}) {
      assertThat(Failures.unconnected("s", dialect, said).kind())
          .isEqualTo(StoreException.Kind.UNREACHABLE);
      assertThat(Failures.of("s", dialect, true, said).kind())
          .isEqualTo(StoreException.Kind.UNKNOWN);
    }
  }

  @Test
  void whatTheServerRefusesIsToldInItsOwnWords() {
    SQLException password = new SQLException("Access denied for user", "28000", 1045);
    StoreException refused = Failures.unconnected("s", Dialect.MARIADB, saidByThePool(password));
    assertThat(refused.kind()).isEqualTo(StoreException.Kind.REFUSED);
    assertThat(refused).hasMessageContaining("Access denied");
    SQLException unknown = new SQLException("no such database", "3D000");
    assertThat(Failures.unconnected("s", Dialect.POSTGRESQL, saidByThePool(unknown)))
        .hasMessageContaining("no such database");
  }

  @Test
  void aTableIsMissingWhateverElseThereIs() throws Exception {
    try (Connection database = DriverManager.getConnection("jdbc:h2:mem:");
        Statement statement = database.createStatement()) {
      assertMissing(statement, "42S04");
      statement.execute("CREATE TABLE other (id INT)");
      assertMissing(statement, "42S02");
      statement.execute("CREATE TABLE \"tyer_shared\" (id INT)");
      assertMissing(statement, "42S03");
    }
  }

  private static void assertMissing(Statement statement, String state) {
    assertThatThrownBy(() -> statement.executeQuery("SELECT * FROM tyer_shared"))
        .isInstanceOfSatisfying(
            SQLException.class,
            e -> {
              assertThat(e.getSQLState()).isEqualTo(state);
              assertThat(Failures.isMissing(e, Dialect.H2)).isTrue();
            });
  }
}
