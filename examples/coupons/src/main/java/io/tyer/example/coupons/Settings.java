package io.tyer.example.coupons;

import java.time.Duration;

/**
 * What each round is run with.
 *
 * @param database the shop's JDBC URL; may hold a password
 * @param store the address of the lock store; may hold a password
 * @param stock how many coupons are for sale
 * @param buyers how many processes sell them
 * @param ttl the TTL of locks
 * @param think how long a user thinks between reading and writing
 */
record Settings(
    String database, String store, int stock, int buyers, Duration ttl, Duration think) {

  /** How many coupons a user may have. */
  static final int PER_USER = 2;

  static final int LEAST_STOCK = 8;
  static final int MOST_STOCK = 1_000;
  static final int MOST_BUYERS = 12;

  Settings {
    require(
        stock >= LEAST_STOCK && stock <= MOST_STOCK,
        "a stock is " + LEAST_STOCK + " to " + MOST_STOCK + " coupons, not " + stock);
    require(
        buyers >= 2 && buyers <= MOST_BUYERS,
        "it takes 2 to " + MOST_BUYERS + " buyers, not " + buyers);
    require(
        ttl.toMillis() >= 1_000 && ttl.toMillis() <= 30_000,
        "locks have a TTL of 1 to 30 seconds here, not " + Text.seconds(ttl));
    require(
        think.toMillis() >= 1 && think.toMillis() <= 1_000,
        "users think for 1 to 1000 ms, not " + think.toMillis());
  }

  /** How many users there are: enough to buy four times the stock. */
  int users() {
    return 2 * stock;
  }

  /** At how many coupons left a buyer is struck: in the middle of the sale. */
  int strikeAt() {
    return stock / 2;
  }

  private static void require(boolean right, String otherwise) {
    if (!right) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  /** Names no secret. */
  @Override
  public String toString() {
    return stock + " coupons, " + buyers + " buyers, TTL " + Text.seconds(ttl);
  }
}
