package io.tyer.testkit.history;

/**
 * A time in which a lease is proved to have been held in one way. Never empty; the ends do not
 * belong to it: what ends when another begins does not overlap it.
 *
 * @param hold whose
 * @param from its begin
 * @param to its end
 * @param weight 0 if exclusive
 * @param capacity of how much
 */
record Core(Hold hold, long from, long to, int weight, int capacity) {

  boolean exclusive() {
    return weight == 0;
  }

  /** Whether the same lease was held just before, in another way. */
  boolean continues() {
    return from > hold.lease().granted();
  }

  boolean continuesAt(long instant) {
    return from == instant && continues();
  }
}
