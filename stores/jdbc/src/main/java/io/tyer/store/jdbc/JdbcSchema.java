package io.tyer.store.jdbc;

import java.util.Locale;
import java.util.TreeSet;

/**
 * The statements that make the tables, for those who make them by a tool of their own, such as
 * Flyway or Liquibase, and open the store with {@code create=false}.
 */
public final class JdbcSchema {

  private JdbcSchema() {}

  /**
   * What makes the tables: statements that each end with a semicolon at the end of a line, and
   * comments. They may be executed again: tables that are there are left as they are.
   *
   * @param dialect {@code postgresql}, {@code mysql}, {@code mariadb} (which is the same), {@code
   *     h2} or {@code sqlite}, in any case
   * @param prefix with what the names of the tables begin, as in the store's option {@code prefix};
   *     {@code tyer} is usual
   * @throws IllegalArgumentException if there is no such dialect, naming those there are; or if the
   *     prefix is none, saying what one is
   */
  public static String ddl(String dialect, String prefix) {
    return new Sql(dialect(dialect), TablePrefix.checked(prefix)).schema();
  }

  private static Dialect dialect(String name) {
    TreeSet<String> known = new TreeSet<>();
    for (Dialect dialect : Dialect.values()) {
      String here = dialect.name().toLowerCase(Locale.ROOT);
      if (here.equals(name.toLowerCase(Locale.ROOT))) {
        return dialect;
      }
      known.add(here);
    }
    throw new IllegalArgumentException(
        "there is no dialect '" + name + "'; there are " + String.join(", ", known));
  }
}
