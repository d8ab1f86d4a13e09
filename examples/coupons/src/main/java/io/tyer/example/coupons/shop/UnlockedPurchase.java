package io.tyer.example.coupons.shop;

import io.tyer.example.frame.Transactions;
import java.sql.SQLException;

/**
 * Reads, decides, writes: right as long as nobody else does the same at the same time. Two who have
 * read the same number write the same number back, and one coupon is sold twice.
 */
public final class UnlockedPurchase implements Purchase {

  private final Transactions transactions;
  private final CouponTables tables;
  private final Steps steps;
  private final String coupon;

  /** Of this coupon. */
  public UnlockedPurchase(
      Transactions transactions, CouponTables tables, Steps steps, String coupon) {
    this.transactions = transactions;
    this.tables = tables;
    this.steps = steps;
    this.coupon = coupon;
  }

  @Override
  public Outcome buy(long user) throws SQLException {
    Offer offer = transactions.call(connection -> tables.offer(connection, coupon, user));
    if (offer.outcome() == Outcome.SOLD) {
      steps.decided(offer);
      steps.writing(offer);
      transactions.call(connection -> tables.sell(connection, offer));
      steps.sold();
    }
    return offer.outcome();
  }
}
