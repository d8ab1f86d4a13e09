package io.tyer.store.jdbc;

import java.util.regex.Pattern;

/** With what the names of the tables begin. It is written into statements as it is. */
final class TablePrefix {

  private static final Pattern ONE =
      Pattern.compile("[a-z_][a-z0-9_]{0,29}(\\.[a-z_][a-z0-9_]{0,29})?");

  private TablePrefix() {}

  /**
   * The same text.
   *
   * @throws IllegalArgumentException if it is none
   */
  static String checked(String prefix) {
    if (!ONE.matcher(prefix).matches()) {
      throw new IllegalArgumentException(
          "a prefix is up to 30 lower-case letters, digits and _, perhaps behind a schema and a dot,"
              + " not '"
              + prefix
              + "'");
    }
    return prefix;
  }
}
