package io.tyer.engine;

import io.tyer.line.Ask;
import io.tyer.line.LockName;
import java.time.Duration;

/**
 * What a user's lock object asks for when it acquires.
 *
 * @param name of which lock
 * @param mode what kind of ticket
 * @param weight how many permits
 * @param label what others see
 * @param maxHoldNanos 0 for no maximum
 * @param biased whether its ticket is kept after the last local release
 */
record Wanted(
    LockName name, Mode mode, int weight, String label, long maxHoldNanos, boolean biased) {

  Wanted labelled(String other) {
    if (other.length() > 256) {
      throw new IllegalArgumentException(
          "a label has at most 256 characters, this one has " + other.length());
    }
    return new Wanted(name, mode, weight, Ask.clipOwner(other), maxHoldNanos, biased);
  }

  Wanted maxHold(Duration maxHold) {
    requireMaxHold(maxHold);
    return new Wanted(name, mode, weight, label, Nanos.of(maxHold), biased);
  }

  Wanted withoutMaxHold() {
    return new Wanted(name, mode, weight, label, 0, biased);
  }

  /** A maximum hold that is given is more than zero. */
  static void requireMaxHold(Duration maxHold) {
    if (maxHold.isNegative() || maxHold.isZero()) {
      throw new IllegalArgumentException("a maximum hold must be more than 0, not " + maxHold);
    }
  }

  Wanted as(Mode other) {
    return new Wanted(name, other, weight, label, maxHoldNanos, biased);
  }

  Wanted taking(int permits) {
    return new Wanted(name, mode, permits, label, maxHoldNanos, biased);
  }

  Wanted biased(boolean kept) {
    return new Wanted(name, mode, weight, label, maxHoldNanos, kept);
  }
}
