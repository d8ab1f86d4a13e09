package io.tyer.example.coupons;

import io.tyer.example.frame.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * One coupon and those who may want it; no two sales share any.
 *
 * @param coupon the coupon's id, which is the name of its lock and of what the fence protects, too
 * @param firstUser the smallest id of a user
 * @param lastUser the largest
 */
record Sale(String coupon, long firstUser, long lastUser) {

  /** For each table, what makes it where it is not. Every run adds its own rows. */
  private static final List<String> TABLES =
      List.of(
          "CREATE TABLE IF NOT EXISTS tyer_demo_coupon (id varchar(64) NOT NULL PRIMARY KEY,"
              + " stock int NOT NULL, remaining int NOT NULL, per_user int NOT NULL)",
          "CREATE TABLE IF NOT EXISTS tyer_demo_user (id bigint NOT NULL PRIMARY KEY,"
              + " name varchar(64) NOT NULL)",
          "CREATE TABLE IF NOT EXISTS tyer_demo_order (id varchar(36) NOT NULL PRIMARY KEY,"
              + " user_id bigint NOT NULL REFERENCES tyer_demo_user (id),"
              + " seller varchar(64) NOT NULL)",
          "CREATE TABLE IF NOT EXISTS tyer_demo_redemption (order_id varchar(36) NOT NULL PRIMARY"
              + " KEY REFERENCES tyer_demo_order (id), coupon_id varchar(64) NOT NULL,"
              + " user_id bigint NOT NULL)");

  private static final int MOST_USERS = 2 * Settings.MOST_STOCK;

  /**
   * The sale of a round.
   *
   * @param run a number that no other run has, up to 2^40
   */
  static Sale of(long run, Round round, int users) {
    long first = (run * Round.values().length + round.number() - 1) * MOST_USERS;
    return new Sale("demo/" + run + "/coupon-" + round.number(), first, first + users - 1);
  }

  static void createTables(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String table : TABLES) {
        statement.execute(table);
      }
    }
  }

  /** Puts coupon and users into the tables. */
  void open(Connection connection, int stock) throws SQLException {
    Sql.change(
        connection,
        "INSERT INTO tyer_demo_coupon (id, stock, remaining, per_user) VALUES (?, ?, ?, ?)",
        coupon,
        stock,
        stock,
        Settings.PER_USER);
    for (long user = firstUser; user <= lastUser; user++) {
      String name = "user " + (user - firstUser + 1);
      Sql.change(connection, "INSERT INTO tyer_demo_user (id, name) VALUES (?, ?)", user, name);
    }
  }
}
