package io.tyer.example.coupons.shop;

import java.sql.SQLException;

/** Sells coupons of one kind, one at a time. */
@FunctionalInterface
public interface Purchase {

  /**
   * Sells one to this user, if there is one and the user may have it.
   *
   * @throws SQLException if the database fails; nothing was sold unless it failed at the commit
   * @throws io.tyer.LeaseLostException if the lock was lost before anything was written
   * @throws io.tyer.fence.StaleTokenException if somebody else has had the lock since; nothing was
   *     sold
   * @throws io.tyer.TyerException as {@link io.tyer.DistributedLock#acquire}; nothing was sold
   * @throws InterruptedException if interrupted while waiting for the lock; nothing was sold
   */
  Outcome buy(long user) throws SQLException, InterruptedException;
}
