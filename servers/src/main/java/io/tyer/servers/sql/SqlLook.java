package io.tyer.servers.sql;

import io.tyer.testkit.server.Contents;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads the tables by their documented columns. A line's first row is a head, each other a ticket.
 */
final class SqlLook {

  /** What databases answer where there is no such table. */
  private static final Set<String> MISSING = Set.of("42P01", "42S02", "42S04");

  private SqlLook() {}

  static Contents at(String url) throws IOException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      SortedMap<String, Integer> tickets = new TreeMap<>();
      int sessions = 0;
      try (ResultSet lines = statement.executeQuery("SELECT name, content FROM tyer_line")) {
        while (lines.next()) {
          String content = lines.getString(2);
          if (!content.isEmpty()) {
            String name = new String(lines.getBytes(1), StandardCharsets.UTF_8);
            tickets.put(name, (int) content.lines().count() - 1);
          }
        }
      }
      try (ResultSet count = statement.executeQuery("SELECT COUNT(*) FROM tyer_session")) {
        if (count.next()) {
          sessions = count.getInt(1);
        }
      }
      return new Contents(tickets, sessions);
    } catch (SQLException e) {
      String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
      if (MISSING.contains(String.valueOf(e.getSQLState())) || message.contains("no such table")) {
        // There is no such table yet.
        return new Contents(new TreeMap<>(), 0, List.of());
      }
      throw new IOException(e);
    }
  }
}
