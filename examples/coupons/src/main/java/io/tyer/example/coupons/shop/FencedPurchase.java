package io.tyer.example.coupons.shop;

import io.tyer.DistributedLock;
import io.tyer.Lease;
import io.tyer.example.frame.Transactions;
import io.tyer.fence.JdbcFence;
import java.sql.SQLException;

/**
 * Under the coupon's lock, and with a database that has seen the lock's tokens: whoever writes with
 * an older one is refused, however late.
 *
 * <p>No transaction is open while the user thinks, so there are two, and the fence comes first in
 * both. The one that reads must check, too: with it, whoever had the lock before can write no more,
 * so what is read stays true for as long as the lock is held. If only the one that writes checked,
 * a former holder could still write between them.
 */
public final class FencedPurchase implements Purchase {

  private final DistributedLock lock;
  private final JdbcFence fence;
  private final Transactions transactions;
  private final CouponTables tables;
  private final Steps steps;
  private final String coupon;

  /** Of this coupon, under this lock, which must be the coupon's own. */
  public FencedPurchase(
      DistributedLock lock,
      JdbcFence fence,
      Transactions transactions,
      CouponTables tables,
      Steps steps,
      String coupon) {
    this.lock = lock;
    this.fence = fence;
    this.transactions = transactions;
    this.tables = tables;
    this.steps = steps;
    this.coupon = coupon;
  }

  @Override
  public Outcome buy(long user) throws SQLException, InterruptedException {
    try (Lease lease = lock.acquire()) {
      steps.locked();
      long token = lease.token();
      Offer offer =
          transactions.call(
              connection -> {
                fence.check(connection, coupon, token); // from here on, no older token writes
                return tables.offer(connection, coupon, user);
              });
      if (offer.outcome() == Outcome.SOLD) {
        steps.decided(offer);
        lease.checkValid(); // not for safety: spares a vain transaction
        steps.writing(offer);
        transactions.call(
            connection -> {
              fence.check(connection, coupon, token); // refused if somebody has come after
              return tables.sell(connection, offer);
            });
        steps.sold();
      }
      return offer.outcome();
    }
  }
}
