package io.tyer.line;

import static io.tyer.line.MalformedLineException.malformed;

/**
 * Text between double quotes in printable ASCII: quote and backslash behind a backslash, everything
 * else that is not printable ASCII as a backslash, {@code u} and four lower-case hex digits. There
 * is one way to write a text, and only that one is read.
 */
final class Quoted {

  private Quoted() {}

  static void write(StringBuilder out, String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!isPrintableAscii(c)) {
        out.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
          out.append(Character.forDigit((c >>> shift) & 15, 16));
        }
      } else {
        if (c == '"' || c == '\\') {
          out.append('\\');
        }
        out.append(c);
      }
    }
    out.append('"');
  }

  static String read(String quoted) throws MalformedLineException {
    int end = quoted.length() - 1;
    if (end < 1 || quoted.charAt(0) != '"' || quoted.charAt(end) != '"') {
      throw malformed("an owner without quotes");
    }
    StringBuilder text = new StringBuilder(end);
    int i = 1;
    while (i < end) {
      char c = quoted.charAt(i++);
      if (c == '"' || !isPrintableAscii(c)) {
        throw malformed("an owner with a character that should have been escaped");
      }
      if (c != '\\') {
        text.append(c);
      } else if (i + 5 <= end && quoted.charAt(i) == 'u') {
        text.append(unescaped(quoted, i + 1));
        i += 5;
      } else if (i < end && (quoted.charAt(i) == '"' || quoted.charAt(i) == '\\')) {
        text.append(quoted.charAt(i++));
      } else {
        throw malformed("an owner with an unknown escape");
      }
    }
    return text.toString();
  }

  private static char unescaped(String quoted, int from) throws MalformedLineException {
    int c = 0;
    for (int i = from; i < from + 4; i++) {
      int digit = Character.digit(quoted.charAt(i), 16);
      if (digit < 0 || Character.isUpperCase(quoted.charAt(i)) || quoted.charAt(i) > 'f') {
        throw malformed("an owner with an escape that is not four lower-case hex digits");
      }
      c = (c << 4) | digit;
    }
    if (isPrintableAscii((char) c)) {
      throw malformed("an owner with an escape of a character that needs none");
    }
    return (char) c;
  }

  private static boolean isPrintableAscii(char c) {
    return c >= ' ' && c <= '~';
  }
}
