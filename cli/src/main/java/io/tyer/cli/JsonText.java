package io.tyer.cli;

/** Strings in JSON. */
final class JsonText {

  private JsonText() {}

  /** Appends it in quotes; what could command a terminal or end a line is escaped. */
  static StringBuilder append(StringBuilder text, String value) {
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        text.append('\\').append(c);
      } else if (c < ' ' || c == '\u2028' || c == '\u2029' || Character.isISOControl(c)) {
        text.append(String.format("\\u%04x", (int) c));
      } else {
        text.append(c);
      }
    }
    return text.append('"');
  }
}
