package io.tyer.fence;

import java.security.SecureRandom;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What tells a value from every other one that a resource had or will have: 128 random bits, drawn
 * anew by each write. So a version does not come back when a resource is removed and created again,
 * a table is dropped, or a process starts anew; only a restored backup brings old versions back,
 * with the old values. Versions have no order.
 */
public final class Version {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Pattern TEXT = Pattern.compile("[0-9a-f]{32}");

  private final long high;
  private final long low;

  private Version(long high, long low) {
    this.high = high;
    this.low = low;
  }

  static Version random() {
    return new Version(RANDOM.nextLong(), RANDOM.nextLong());
  }

  /**
   * Reads what {@link #toString} wrote: for a version that was sent along, with a form or as an
   * entity tag, and comes back with the change.
   *
   * @throws IllegalArgumentException if it is not 32 hexadecimal digits, in lower case
   */
  public static Version parse(String text) {
    if (!TEXT.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "a version is 32 hexadecimal digits in lower case; this is not: " + text);
    }
    return new Version(
        Long.parseUnsignedLong(text, 0, 16, 16), Long.parseUnsignedLong(text, 16, 32, 16));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Version version && high == version.high && low == version.low;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(high);
  }

  /** 32 hexadecimal digits. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%016x%016x", high, low);
  }
}
