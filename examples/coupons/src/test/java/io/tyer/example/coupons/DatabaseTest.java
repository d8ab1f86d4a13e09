package io.tyer.example.coupons;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** The shop's database, where it is one of its own. */
class DatabaseTest {

  @Test
  void buyersCanUseItAndNoMessageTellsHow() throws SQLException {
    try (Database database = Database.hosted()) {
      DriverManager.getConnection(database.url()).close();
      assertThat(database.toString()).doesNotContain("PASSWORD");
    }
  }
}
