package io.tyer.line;

/** 128 bits as 32 lower-case hex digits: the written form of session and request ids. */
final class HexId {

  static final int DIGITS = 32;

  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private HexId() {}

  static String format(long high, long low) {
    char[] digits = new char[DIGITS];
    for (int i = 0; i < 16; i++) {
      int shift = 60 - 4 * i;
      digits[i] = HEX[(int) (high >>> shift) & 15];
      digits[16 + i] = HEX[(int) (low >>> shift) & 15];
    }
    return new String(digits);
  }

  /**
   * The upper 64 bits of the text; refuses one of another length or with other characters there.
   */
  static long high(String kind, String text) {
    if (text.length() != DIGITS) {
      throw malformed(kind, "this has " + text.length() + " characters");
    }
    return bits(kind, text, 0);
  }

  /** The lower 64 bits of a text of which {@link #high} has accepted the length. */
  static long low(String kind, String text) {
    return bits(kind, text, 16);
  }

  private static long bits(String kind, String text, int from) {
    long bits = 0;
    for (int i = from; i < from + 16; i++) {
      char c = text.charAt(i);
      int digit;
      if (c >= '0' && c <= '9') {
        digit = c - '0';
      } else if (c >= 'a' && c <= 'f') {
        digit = c - 'a' + 10;
      } else {
        throw malformed(kind, "the character at index " + i + " is none");
      }
      bits = (bits << 4) | digit;
    }
    return bits;
  }

  private static IllegalArgumentException malformed(String kind, String what) {
    return new IllegalArgumentException(
        "a " + kind + " id is written as 32 lower-case hex digits; " + what);
  }
}
