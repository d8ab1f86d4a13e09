package io.tyer.server.access;

import java.util.regex.Pattern;

/**
 * An access token's public name, by which it is listed and revoked; it opens nothing.
 *
 * @param value any number but 0, which stands for {@link #NONE}
 */
public record TokenId(long value) implements Comparable<TokenId> {

  /**
   * No token: of a server that asks for none, and of the operator's own token, which is not kept in
   * the state. It has all rights.
   */
  public static final TokenId NONE = new TokenId(0);

  private static final Pattern TEXT = Pattern.compile("[0-9a-f]{16}");

  /**
   * Reads what {@link #toString} has written.
   *
   * @throws IllegalArgumentException saying what is right
   */
  public static TokenId parse(String text) {
    if (!TEXT.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "a token's id is 16 hexadecimal digits, as 'tyer token list' shows them");
    }
    return new TokenId(Long.parseUnsignedLong(text, 16));
  }

  /** Whether it is that of no token. */
  public boolean isNone() {
    return value == 0;
  }

  @Override
  public int compareTo(TokenId other) {
    return Long.compareUnsigned(value, other.value);
  }

  /** 16 hexadecimal digits. */
  @Override
  public String toString() {
    return String.format("%016x", value);
  }
}
