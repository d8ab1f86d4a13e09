package io.tyer.benchmarks.server;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Statements that are not measured, each time on a connection of their own. */
public final class SqlQuery {

  private SqlQuery() {}

  /** Executes them. */
  public static void run(String url, String... statements) throws IOException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        boolean unused = statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }

  /** The first column of the first row. */
  public static String text(String url, String query) throws IOException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      if (!rows.next()) {
        throw new IOException("nothing was found by " + query);
      }
      return String.valueOf(rows.getString(1));
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }

  /** Makes a table, where no other process has made it meanwhile. */
  public static void makeTable(String url, String table, String definition) throws IOException {
    try {
      run(url, definition);
    } catch (IOException e) {
      try {
        String unused = text(url, "SELECT COUNT(*) FROM " + table);
      } catch (IOException missing) {
        e.addSuppressed(missing);
        throw e;
      }
    }
  }
}
