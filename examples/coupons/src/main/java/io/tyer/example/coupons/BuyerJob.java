package io.tyer.example.coupons;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a buyer is to do. It is handed over on the standard input, since others can read the
 * arguments of a process and there may be passwords in it.
 *
 * @param buyer the buyer's number, from 1
 * @param strikeAt at how many coupons left it stands still before it writes; 0 for never
 */
record BuyerJob(
    int buyer,
    Guard guard,
    String database,
    String store,
    long ttlMillis,
    long thinkMillis,
    Sale sale,
    int strikeAt) {

  /** A line for each part, then an empty one. */
  String toLines() {
    return "buyer="
        + buyer
        + "\nguard="
        + guard
        + "\ndatabase="
        + database
        + "\nstore="
        + store
        + "\nttl="
        + ttlMillis
        + "\nthink="
        + thinkMillis
        + "\ncoupon="
        + sale.coupon()
        + "\nfirst-user="
        + sale.firstUser()
        + "\nlast-user="
        + sale.lastUser()
        + "\nstrike-at="
        + strikeAt
        + "\n\n";
  }

  /** The next one that is handed over; null if there will be none. */
  static @Nullable BuyerJob read(BufferedReader in) throws IOException {
    Map<String, String> parts = new LinkedHashMap<>();
    for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
      int equals = line.indexOf('=');
      parts.put(line.substring(0, equals), line.substring(equals + 1));
    }
    if (parts.isEmpty()) {
      return null;
    }
    return new BuyerJob(
        Integer.parseInt(part(parts, "buyer")),
        Guard.valueOf(part(parts, "guard")),
        part(parts, "database"),
        part(parts, "store"),
        Long.parseLong(part(parts, "ttl")),
        Long.parseLong(part(parts, "think")),
        new Sale(
            part(parts, "coupon"),
            Long.parseLong(part(parts, "first-user")),
            Long.parseLong(part(parts, "last-user"))),
        Integer.parseInt(part(parts, "strike-at")));
  }

  private static String part(Map<String, String> parts, String name) {
    return Objects.requireNonNull(parts.get(name), () -> "the job does not say " + name);
  }

  /** Names no secret. */
  @Override
  public String toString() {
    return "buyer " + buyer + " of " + sale.coupon();
  }
}
