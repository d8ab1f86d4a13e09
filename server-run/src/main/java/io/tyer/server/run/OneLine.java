package io.tyer.server.run;

import org.jspecify.annotations.Nullable;

/** Text that may be a client's, without what would end a line or steer a terminal. */
final class OneLine {

  private static final char LINE_SEPARATOR = '\u2028';
  private static final char PARAGRAPH_SEPARATOR = '\u2029';

  private OneLine() {}

  static String of(@Nullable String text) {
    String whole = String.valueOf(text);
    StringBuilder line = null;
    for (int i = 0; i < whole.length(); i++) {
      char c = whole.charAt(i);
      boolean steers = Character.isISOControl(c) || c == LINE_SEPARATOR || c == PARAGRAPH_SEPARATOR;
      if (steers && line == null) {
        line = new StringBuilder(whole.length() + 16).append(whole, 0, i);
      }
      if (line != null) {
        line.append(steers ? escaped(c) : String.valueOf(c));
      }
    }
    return line == null ? whole : line.toString();
  }

  private static String escaped(char c) {
    return switch (c) {
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default -> String.format("\\u%04x", (int) c);
    };
  }
}
