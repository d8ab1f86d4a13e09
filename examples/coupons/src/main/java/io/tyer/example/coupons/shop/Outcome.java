package io.tyer.example.coupons.shop;

/** How a purchase ended. */
public enum Outcome {
  /** The user has a coupon. */
  SOLD,
  /** There was none left. */
  SOLD_OUT,
  /** The user has as many as a user may have. */
  LIMIT_REACHED
}
