package io.tyer.example.coupons.shop;

import io.tyer.DistributedLock;
import io.tyer.Lease;
import io.tyer.example.frame.Transactions;
import java.sql.SQLException;

/**
 * The same under the coupon's lock: nobody reads while another is between reading and writing. That
 * holds for sellers that run. One that is stopped after its last look at the lease, until its lock
 * has gone to others, writes what it read before them.
 */
public final class LockedPurchase implements Purchase {

  private final DistributedLock lock;
  private final Transactions transactions;
  private final CouponTables tables;
  private final Steps steps;
  private final String coupon;

  /** Of this coupon, under this lock, which must be the coupon's own. */
  public LockedPurchase(
      DistributedLock lock,
      Transactions transactions,
      CouponTables tables,
      Steps steps,
      String coupon) {
    this.lock = lock;
    this.transactions = transactions;
    this.tables = tables;
    this.steps = steps;
    this.coupon = coupon;
  }

  @Override
  public Outcome buy(long user) throws SQLException, InterruptedException {
    try (Lease lease = lock.acquire()) {
      steps.locked();
      Offer offer = transactions.call(connection -> tables.offer(connection, coupon, user));
      if (offer.outcome() == Outcome.SOLD) {
        steps.decided(offer);
        lease.checkValid(); // still mine? It tells of most losses; not of one that is to come
        steps.writing(offer);
        transactions.call(connection -> tables.sell(connection, offer));
        steps.sold();
      }
      return offer.outcome();
    }
  }
}
