package io.tyer.fence;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.regex.Pattern;

/** What tables of this module may be called, and how they are made. */
final class TableName {

  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,62}");
  private static final Pattern TABLE = Pattern.compile("(?:" + NAME + "\\.)?" + NAME);

  /** PostgreSQL, where another transaction creates it at the same moment. */
  private static final Set<String> ALREADY_THERE = Set.of("23505", "42710", "42P07");

  private TableName() {}

  static String checked(String table, String whose) {
    if (!TABLE.matcher(table).matches()) {
      throw new IllegalArgumentException(
          whose
              + " table is named by up to 63 letters, digits and _, perhaps after a schema's name"
              + " and a dot; this is not: "
              + table);
    }
    return table;
  }

  /** By a statement that does nothing if the table is there; several may do it at once. */
  static void create(Connection connection, String ddl) throws SQLException {
    if (!connection.getAutoCommit()) {
      throw new IllegalStateException(
          "a table is created by itself, and this connection is in a transaction:"
              + " connection.setAutoCommit(true) comes first");
    }
    try (Statement create = connection.createStatement()) {
      create.execute(ddl);
    } catch (SQLException e) {
      if (!ALREADY_THERE.contains(String.valueOf(e.getSQLState()))) {
        throw e;
      }
    }
  }
}
