package io.tyer.example.coupons.shop;

import io.tyer.example.frame.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;

/** Reads and writes what a purchase needs, within the caller's transaction. */
public final class CouponTables {

  private static final String OFFER =
      "SELECT remaining, per_user,"
          + " (SELECT COUNT(*) FROM tyer_demo_redemption r WHERE r.coupon_id = c.id AND r.user_id = ?)"
          + " FROM tyer_demo_coupon c WHERE c.id = ?";

  private static final String ORDER =
      "INSERT INTO tyer_demo_order (id, user_id, seller) VALUES (?, ?, ?)";

  private static final String REDEMPTION =
      "INSERT INTO tyer_demo_redemption (order_id, coupon_id, user_id) VALUES (?, ?, ?)";

  private static final String REMAINING = "UPDATE tyer_demo_coupon SET remaining = ? WHERE id = ?";

  private final String seller;

  /**
   * For one seller.
   *
   * @param seller what orders say of who took them
   */
  public CouponTables(String seller) {
    this.seller = seller;
  }

  /** How things stand for this user. */
  public Offer offer(Connection connection, String coupon, long user) throws SQLException {
    return Sql.row(
        connection,
        row -> new Offer(coupon, user, row.getInt(1), row.getInt(3), row.getInt(2)),
        OFFER,
        user,
        coupon);
  }

  /**
   * Writes down what the offer led to: an order, a redemption, and one less than were left when the
   * offer was read. Right only if nobody has sold one since; seeing to that is the caller's part.
   *
   * @return the order's id
   */
  public String sell(Connection connection, Offer offer) throws SQLException {
    String order = UUID.randomUUID().toString();
    Sql.change(connection, ORDER, order, offer.user(), seller);
    Sql.change(connection, REDEMPTION, order, offer.coupon(), offer.user());
    Sql.change(connection, REMAINING, offer.remaining() - 1, offer.coupon());
    return order;
  }
}
