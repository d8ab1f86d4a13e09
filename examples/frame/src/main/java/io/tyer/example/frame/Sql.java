package io.tyer.example.frame;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Statements with values in place of their question marks. */
public final class Sql {

  private Sql() {}

  /**
   * What a row says.
   *
   * @param <T> the type of it
   */
  @FunctionalInterface
  public interface Row<T> {
    /** Reads the row at which the result stands. */
    T read(ResultSet row) throws SQLException;
  }

  /** What the rows of a query say, in their order. */
  public static <T> List<T> rows(Connection connection, Row<T> type, String sql, Object... values)
      throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      set(query, values);
      List<T> all = new ArrayList<>();
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          all.add(type.read(row));
        }
      }
      return all;
    }
  }

  /**
   * What a query of one row says.
   *
   * @throws SQLException if there is none, or more
   */
  public static <T> T row(Connection connection, Row<T> type, String sql, Object... values)
      throws SQLException {
    List<T> all = rows(connection, type, sql, values);
    if (all.size() != 1) {
      throw new SQLException(all.size() + " rows for " + List.of(values) + ", not 1: " + sql);
    }
    return all.get(0);
  }

  /** The number that a query of one row says. */
  public static long number(Connection connection, String sql, Object... values)
      throws SQLException {
    return row(connection, row -> row.getLong(1), sql, values);
  }

  /** Changes rows, and tells how many. */
  public static int changed(Connection connection, String sql, Object... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      set(statement, values);
      return statement.executeUpdate();
    }
  }

  /**
   * Changes one row.
   *
   * @throws SQLException if it was none, or more
   */
  public static void change(Connection connection, String sql, Object... values)
      throws SQLException {
    int rows = changed(connection, sql, values);
    if (rows != 1) {
      throw new SQLException(rows + " rows were changed, not 1, by: " + sql);
    }
  }

  private static void set(PreparedStatement statement, Object... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
  }
}
