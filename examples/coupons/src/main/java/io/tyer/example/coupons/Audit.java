package io.tyer.example.coupons;

import io.tyer.example.frame.Sql;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * What the database says of a sale when it is over.
 *
 * @param stock how many there were to sell
 * @param remaining how many are left, as the last buyer wrote it
 * @param sold how many were sold: orders with their redemption
 * @param overLimit how many went to users beyond what a user may have
 * @param halves orders without a redemption
 */
record Audit(int stock, int remaining, int sold, int overLimit, int halves) {

  private static final String QUERY =
      "SELECT c.stock, c.remaining,"
          + " (SELECT COUNT(*) FROM tyer_demo_redemption r"
          + " JOIN tyer_demo_order o ON o.id = r.order_id WHERE r.coupon_id = c.id),"
          + " (SELECT COALESCE(SUM(t.n - t.per_user), 0) FROM"
          + " (SELECT COUNT(*) AS n, MIN(d.per_user) AS per_user FROM tyer_demo_redemption r"
          + " JOIN tyer_demo_coupon d ON d.id = r.coupon_id WHERE d.id = ?"
          + " GROUP BY r.user_id HAVING COUNT(*) > MIN(d.per_user)) t),"
          + " (SELECT COUNT(*) FROM tyer_demo_order o"
          + " LEFT JOIN tyer_demo_redemption r ON r.order_id = o.id"
          + " WHERE o.user_id BETWEEN ? AND ? AND r.order_id IS NULL)"
          + " FROM tyer_demo_coupon c WHERE c.id = ?";

  static Audit of(Connection connection, Sale sale) throws SQLException {
    return Sql.row(
        connection,
        row -> new Audit(row.getInt(1), row.getInt(2), row.getInt(3), row.getInt(4), row.getInt(5)),
        QUERY,
        sale.coupon(),
        sale.firstUser(),
        sale.lastUser(),
        sale.coupon());
  }

  int oversold() {
    return Math.max(0, sold - stock);
  }
}
