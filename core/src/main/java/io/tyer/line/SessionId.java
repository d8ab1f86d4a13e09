package io.tyer.line;

import org.jspecify.annotations.Nullable;

/**
 * The public id of a session: whose ticket it is. It is derived from the secret of the session and
 * tells nothing about it, so it may stand in listings and logs.
 *
 * @param high the upper 64 bits
 * @param low the lower 64 bits
 */
public record SessionId(long high, long low) implements Comparable<SessionId> {

  /**
   * Reads what {@link #toString} wrote.
   *
   * @throws IllegalArgumentException if the text is not exactly 32 lower-case hex digits
   */
  public static SessionId parse(String text) {
    return new SessionId(HexId.high("session", text), HexId.low("session", text));
  }

  /** Orders ids as their written forms are ordered. */
  @Override
  public int compareTo(SessionId other) {
    int upper = Long.compareUnsigned(high, other.high);
    return upper != 0 ? upper : Long.compareUnsigned(low, other.low);
  }

  /** The id as 32 lower-case hex digits. */
  @Override
  public String toString() {
    return HexId.format(high, low);
  }

  /** Written out, for what is generated is linked at run time, which short programs wait for. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SessionId id && high == id.high && low == id.low;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(high ^ low);
  }
}
