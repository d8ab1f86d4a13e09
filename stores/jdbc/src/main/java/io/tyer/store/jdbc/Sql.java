package io.tyer.store.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tyer.store.record.RecordKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The statements of a dialect, read from its resource files.
 *
 * <p>{@code DIALECT.sql} holds statements, each behind a line that names it; {@code
 * DIALECT-schema.sql} what makes the tables, statements that end with a semicolon at the end of a
 * line.
 */
final class Sql {

  /** How many records are read by one statement at most. */
  static final int MOST_NAMES = 256;

  private static final String NAME = "-- ";
  private static final String END = ";\n";

  private final Dialect dialect;
  private final String prefix;
  private final Map<String, String> statements = new HashMap<>();
  private final Map<RecordKey.Kind, Map<String, String>> about =
      new EnumMap<>(RecordKey.Kind.class);

  Sql(Dialect dialect, String prefix) {
    this.dialect = dialect;
    this.prefix = prefix;
    for (String part : resource(".sql").split("(?m)^" + NAME, -1)) {
      int end = part.indexOf('\n');
      if (end > 0) {
        String statement = part.substring(end + 1, part.lastIndexOf(';'));
        statements.put(part.substring(0, end), statement.replace("{prefix}", prefix));
      }
    }
    for (RecordKey.Kind kind : RecordKey.Kind.values()) {
      Map<String, String> ofKind = new HashMap<>();
      statements.forEach((name, text) -> ofKind.put(name, text.replace("{table}", table(kind))));
      about.put(kind, ofKind);
    }
  }

  /** A statement about the records of a kind. */
  String about(RecordKey.Kind kind, String name) {
    return known(about.getOrDefault(kind, Map.of()), name);
  }

  /**
   * How many names the statement has that reads so many records: what is prepared is not to be
   * many.
   */
  static int places(int records) {
    return records == 1 ? 1 : 2 * Integer.highestOneBit(records - 1);
  }

  /** The statement that reads as many records of a kind as it has names. */
  String each(RecordKey.Kind kind, int names) {
    return about(kind, "read-each").replace("{names}", "?" + ", ?".repeat(names - 1));
  }

  /** A statement that names its tables itself. */
  String get(String name) {
    return known(statements, name);
  }

  private String known(Map<String, String> among, String name) {
    String statement = among.get(name);
    if (statement == null) {
      throw new IllegalArgumentException(dialect + " has no statement " + name);
    }
    return statement;
  }

  /** What the table of a kind is called. */
  String table(RecordKey.Kind kind) {
    return prefix
        + switch (kind) {
          case LINES -> "_line";
          case SESSION -> "_session";
          case SHARED -> "_shared";
        };
  }

  /** What makes the tables, as it is printed. */
  String schema() {
    return resource("-schema.sql").replace("{prefix}", prefix);
  }

  /** The same, a statement each, without comments. */
  List<String> schemaStatements() {
    StringBuilder bare = new StringBuilder();
    schema()
        .lines()
        .filter(line -> !line.startsWith(NAME))
        .forEach(line -> bare.append(line).append('\n'));
    List<String> all = new ArrayList<>();
    int from = 0;
    for (int end = bare.indexOf(END); end >= 0; end = bare.indexOf(END, from)) {
      all.add(bare.substring(from, end).strip());
      from = end + END.length();
    }
    return all;
  }

  private String resource(String end) {
    String name = dialect.files() + end;
    try (InputStream in = Sql.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("resource " + name + " is missing");
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
