package io.tyer.cli;

/** Text from elsewhere, made harmless for terminals. */
final class Printable {

  private Printable() {}

  /** The text on one line: control characters, which could command a terminal, are escaped. */
  static String text(String text) {
    return text(text, false);
  }

  static String text(String text, boolean manyLines) {
    for (int i = 0; i < text.length(); i++) {
      if (isHarmful(text.charAt(i), manyLines)) {
        return escaped(text, manyLines);
      }
    }
    return text;
  }

  private static String escaped(String text, boolean manyLines) {
    StringBuilder result = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isHarmful(c, manyLines)) {
        result.append(String.format("\\u%04x", (int) c));
      } else {
        result.append(c);
      }
    }
    return result.toString();
  }

  private static boolean isHarmful(char c, boolean manyLines) {
    if (c == '\n' && manyLines) {
      return false;
    }
    int type = Character.getType(c);
    return type == Character.CONTROL
        || type == Character.FORMAT
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR;
  }

  /** How many columns it takes, roughly: combining marks none, everything else one. */
  static int columns(String text) {
    int columns = 0;
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      if (Character.getType(text.codePointAt(i)) != Character.NON_SPACING_MARK) {
        columns++;
      }
    }
    return columns;
  }
}
