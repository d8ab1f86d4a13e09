package io.tyer.command;

import io.tyer.line.Escapes;

/** Text from elsewhere, made harmless for terminals. */
public final class Printable {

  private Printable() {}

  /** The text on one line: control characters, which could command a terminal, are escaped. */
  public static String text(String text) {
    return text(text, false);
  }

  /** The same, in which the end of a line may be kept. */
  public static String text(String text, boolean manyLines) {
    return Escapes.shown(text, manyLines);
  }

  /** How many columns it takes, roughly: combining marks none, everything else one. */
  public static int columns(String text) {
    int columns = 0;
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      if (Character.getType(text.codePointAt(i)) != Character.NON_SPACING_MARK) {
        columns++;
      }
    }
    return columns;
  }
}
