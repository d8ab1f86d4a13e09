package io.tyer.store.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which server of MariaDB's or MySQL's it is, by what it has of the variables that tell servers
 * apart: replication asks for different ids, but not of servers that do not replicate.
 *
 * @param query answers variables, each with its value
 */
record MysqlOrigin(String query) implements Origin {

  private static final List<String> NAMES =
      List.of("server_id", "server_uuid", "server_uid", "hostname", "port");

  /** Whoever may do anything is not bound by them, and would lock on a replica. */
  private static final List<String> READ_ONLY =
      List.of("read_only", "super_read_only", "innodb_read_only");

  private static final Set<String> NO = Set.of("OFF", "0");

  /** What MariaDB answers to a write that they forbid. */
  private static final int ER_OPTION_PREVENTS_STATEMENT = 1290;

  /** Empty where several servers are primaries at once, of which none has lost anything. */
  @Override
  public Optional<String> of(Connection connection) throws SQLException {
    Map<String, String> variables = variables(connection);
    for (String name : READ_ONLY) {
      if (isOn(variables, name)) {
        throw new SQLException(
            String.format(
                "%s is %s on %s:%s",
                name, variables.get(name), variables.get("hostname"), variables.get("port")),
            "HY000",
            ER_OPTION_PREVENTS_STATEMENT);
      }
    }
    return isOneOfSeveral(variables) ? Optional.empty() : name(variables);
  }

  /** Galera, and group replication with more than one primary. */
  private static boolean isOneOfSeveral(Map<String, String> variables) {
    return isOn(variables, "wsrep_on")
        || (!variables.getOrDefault("group_replication_group_name", "").isEmpty()
            && !isOn(variables, "group_replication_single_primary_mode"));
  }

  private static boolean isOn(Map<String, String> variables, String name) {
    return !NO.contains(variables.getOrDefault(name, "OFF").toUpperCase(Locale.ROOT));
  }

  private static Optional<String> name(Map<String, String> variables) {
    String name =
        NAMES.stream()
            .filter(variables::containsKey)
            .map(variables::get)
            .collect(Collectors.joining("/"));
    // The column is ASCII.
    return name.isEmpty() ? Optional.empty() : Optional.of(name.replaceAll("[^!-~]", "?"));
  }

  private Map<String, String> variables(Connection connection) throws SQLException {
    Map<String, String> variables = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(query)) {
      while (found.next()) {
        variables.put(
            String.valueOf(found.getString(1)).toLowerCase(Locale.ROOT),
            String.valueOf(found.getString(2)));
      }
    }
    return variables;
  }

  /** A primary that gave way may take its place again, with or without what came between. */
  @Override
  public boolean recurs() {
    return true;
  }
}
