package io.tyer.example.coupons;

import io.tyer.example.frame.Parent;
import java.util.stream.Stream;

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

  /** A line for each part, in this order. */
  String[] toLines() {
    return Stream.of(
            buyer,
            guard,
            database,
            store,
            ttlMillis,
            thinkMillis,
            sale.coupon(),
            sale.firstUser(),
            sale.lastUser(),
            strikeAt)
        .map(Object::toString)
        .toArray(String[]::new);
  }

  /** The one that begins with this line. */
  static BuyerJob read(String first, Parent parent) {
    return new BuyerJob(
        Integer.parseInt(first),
        Guard.valueOf(parent.hear()),
        parent.hear(),
        parent.hear(),
        Long.parseLong(parent.hear()),
        Long.parseLong(parent.hear()),
        new Sale(parent.hear(), Long.parseLong(parent.hear()), Long.parseLong(parent.hear())),
        Integer.parseInt(parent.hear()));
  }

  /** Names no secret. */
  @Override
  public String toString() {
    return "buyer " + buyer + " of " + sale.coupon();
  }
}
