package io.tyer.example.coupons;

/** What happens in a sale; the first ones are said by buyers, by these names. */
enum EventKind {
  READY,
  LOCKED,
  /** Has read the offer and means to buy; with how many were left. */
  DECIDED,
  /** Waits between its read and its write, until told to go on. */
  STANDING,
  SOLD,
  /** The fence has refused its write; with why. */
  REFUSED,
  /** Its lease was lost before it wrote; with why. */
  LOST,
  /** The purchase is over, the lock given back. */
  DONE,
  /** Nothing is left for it to sell. */
  OVER,
  /** It gives up; with why. */
  FAILED,

  // These are what the parent does and sees.
  KILLED,
  PAUSED,
  RESUMED,
  /** Its process is gone; with the exit code. */
  ENDED
}
