package io.tyer.line;

import org.jspecify.annotations.Nullable;

/**
 * The id of one request to enter, drawn at random by the client, so that a retry whose first answer
 * was lost finds the ticket it already has. Ids are looked up by their bits: random ones cost
 * least.
 *
 * @param high the upper 64 bits
 * @param low the lower 64 bits
 */
public record RequestId(long high, long low) implements Comparable<RequestId> {

  /**
   * Reads what {@link #toString} wrote.
   *
   * @throws IllegalArgumentException if the text is not exactly 32 lower-case hex digits
   */
  public static RequestId parse(String text) {
    return new RequestId(HexId.high("request", text), HexId.low("request", text));
  }

  /** Orders ids as their written forms are ordered. */
  @Override
  public int compareTo(RequestId other) {
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
    return other instanceof RequestId id && high == id.high && low == id.low;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(high ^ low);
  }
}
