package io.tyer.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What servers say that are not at hand; another database says it for them. */
class MysqlOriginTest {

  private static Optional<String> of(Map<String, String> variables) throws SQLException {
    String query =
        variables.entrySet().stream()
            .map(e -> "('" + e.getKey() + "', '" + e.getValue() + "')")
            .collect(Collectors.joining(", ", "VALUES ", ""));
    try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:")) {
      return new MysqlOrigin(query).of(connection);
    }
  }

  @Test
  void aServerIsCalledByWhatItHas() throws Exception {
    assertThat(
            of(
                Map.of(
                    "server_id",
                    "1",
                    "server_uuid",
                    "u",
                    "hostname",
                    "h",
                    "read_only",
                    "OFF",
                    "port",
                    "3306",
                    "group_replication_group_name",
                    "")))
        .contains("1/u/h/3306");
    assertThat(of(Map.of("Server_id", "2", "server_uid", "v=", "wsrep_on", "OFF", "hostname", "ö")))
        .contains("2/v=/?");
  }

  @Test
  void oneOfSeveralPrimariesIsNotTakenForAnotherServer() throws Exception {
    assertThat(of(Map.of("server_id", "1", "wsrep_on", "ON"))).isEmpty();
    String several = "group_replication_single_primary_mode";
    assertThat(of(Map.of("server_id", "1", "group_replication_group_name", "g", several, "OFF")))
        .isEmpty();
    assertThat(of(Map.of("server_id", "1", "group_replication_group_name", "g", several, "ON")))
        .contains("1");
  }

  @ParameterizedTest
  @CsvSource({"read_only, ON", "read_only, NO_LOCK", "super_read_only, 1", "innodb_read_only, ON"})
  void oneThatOnlyReadsIsRefused(String name, String value) {
    assertThatThrownBy(() -> of(Map.of("server_id", "1", name, value, "hostname", "h")))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(Failures.isReadOnly(e, Dialect.MARIADB)).isTrue())
        .hasMessageContaining(name + " is " + value + " on h");
  }
}
