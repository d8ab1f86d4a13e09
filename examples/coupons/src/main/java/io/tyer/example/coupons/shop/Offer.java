package io.tyer.example.coupons.shop;

/**
 * What a purchase decides by. It was true when it was read.
 *
 * @param coupon the coupon's id
 * @param user who wants one
 * @param remaining how many are left to be sold
 * @param bought how many this user has
 * @param perUser how many a user may have
 */
public record Offer(String coupon, long user, int remaining, int bought, int perUser) {

  /** What comes of it, unless something happens before it is written. */
  public Outcome outcome() {
    if (remaining <= 0) {
      return Outcome.SOLD_OUT;
    }
    return bought >= perUser ? Outcome.LIMIT_REACHED : Outcome.SOLD;
  }
}
