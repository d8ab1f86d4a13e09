package io.tyer.store.jdbc;

/**
 * How names stand in columns: as they are, but for a character that not every database can hold in
 * text. NUL is written {@code \0}, a backslash twice.
 */
final class Names {

  private Names() {}

  static String escape(String name) {
    return name.indexOf('\\') < 0 && name.indexOf('\0') < 0
        ? name
        : name.replace("\\", "\\\\").replace("\0", "\\0");
  }

  /**
   * The name that was escaped so.
   *
   * @throws IllegalArgumentException if nothing is escaped so
   */
  static String unescape(String column) {
    if (column.indexOf('\\') < 0) {
      return column;
    }
    StringBuilder name = new StringBuilder(column.length());
    for (int i = 0; i < column.length(); i++) {
      char c = column.charAt(i);
      if (c == '\\') {
        i++;
        char escaped = i < column.length() ? column.charAt(i) : ' ';
        if (escaped != '\\' && escaped != '0') {
          throw new IllegalArgumentException("a backslash in a name is written twice: " + column);
        }
        name.append(escaped == '0' ? '\0' : '\\');
      } else {
        name.append(c);
      }
    }
    return name.toString();
  }
}
