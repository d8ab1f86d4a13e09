package io.tyer.example.coupons;

/** What keeps purchases of one coupon apart. */
enum Guard {
  NOTHING,
  LOCK,
  LOCK_AND_FENCE
}
