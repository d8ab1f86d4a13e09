package io.tyer.line;

/**
 * Text that others have chosen, made harmless for terminals and logs: what controls a terminal,
 * ends a line or turns the direction of writing is shown as a backslash, {@code u} and four hex
 * digits.
 */
public final class Escapes {

  private Escapes() {}

  /**
   * The text without such characters, for people. Text that looked escaped before looks the same.
   *
   * @param manyLines whether ends of lines may stay
   */
  public static String shown(String text, boolean manyLines) {
    return escaped(text, manyLines, false);
  }

  /** The text on one line, of which it can be told what it was: a backslash is shown as two. */
  public static String reversibly(String text) {
    return escaped(text, false, true);
  }

  private static String escaped(String text, boolean manyLines, boolean reversibly) {
    StringBuilder result = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isHarmful(c) && !(c == '\n' && manyLines)) {
        result.append(String.format("\\u%04x", (int) c));
      } else if (c == '\\' && reversibly) {
        result.append("\\\\");
      } else {
        result.append(c);
      }
    }
    return result.toString();
  }

  private static boolean isHarmful(char c) {
    int type = Character.getType(c);
    return type == Character.CONTROL
        || type == Character.FORMAT
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR;
  }
}
