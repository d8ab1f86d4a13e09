package io.tyer.line;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The name of a lock: 1 to 512 bytes of UTF-8 text. Any characters may occur; stores escape or hash
 * what their medium cannot hold. Names are ordered by their UTF-8 bytes, unsigned: the order in
 * which a multi-lock takes its tickets, the same in every client and every language.
 */
@CheckReturnValue
public final class LockName implements Comparable<LockName> {

  /** The most bytes of UTF-8 that a name may have. */
  public static final int MAX_BYTES = 512;

  private final String text;
  private final byte[] utf8;

  private LockName(String text, byte[] utf8) {
    this.text = text;
    this.utf8 = utf8;
  }

  /**
   * The name with this text.
   *
   * @throws IllegalArgumentException if the text is empty, is longer than 512 bytes of UTF-8 or is
   *     not Unicode text because half of a surrogate pair is missing; the message says which
   */
  public static LockName of(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException(
          "a lock name must not be empty: give it 1 to " + MAX_BYTES + " bytes of UTF-8");
    }
    // No character takes less than a byte: what is too long already is not encoded to find out.
    if (text.length() > MAX_BYTES) {
      throw new IllegalArgumentException(
          "a lock name has at most "
              + MAX_BYTES
              + " bytes of UTF-8; this one has "
              + text.length()
              + " characters: shorten it, or use a hash of it");
    }
    int lone = Text.unpairedSurrogate(text);
    if (lone >= 0) {
      throw new IllegalArgumentException(
          String.format(
              "a lock name must be Unicode text; this one has an unpaired surrogate (U+%04X) at"
                  + " index %d, which has no UTF-8 form: cut text between characters, and encode"
                  + " binary names, for example in hex",
              (int) text.charAt(lone), lone));
    }
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    if (utf8.length > MAX_BYTES) {
      throw new IllegalArgumentException(
          "a lock name has at most "
              + MAX_BYTES
              + " bytes of UTF-8; this one has "
              + utf8.length
              + " (in "
              + text.length()
              + " characters): shorten it, or use a hash of it");
    }
    return new LockName(text, utf8);
  }

  /** The name as it was given. */
  public String text() {
    return text;
  }

  /** The name in UTF-8, in an array of the caller's own. */
  public byte[] utf8() {
    return utf8.clone();
  }

  /** Compares the UTF-8 bytes of both names, unsigned. */
  @Override
  public int compareTo(LockName other) {
    return Arrays.compareUnsigned(utf8, other.utf8);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LockName name && text.equals(name.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** The name as it was given. */
  @Override
  public String toString() {
    return text;
  }
}
