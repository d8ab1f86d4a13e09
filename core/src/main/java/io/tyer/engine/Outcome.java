package io.tyer.engine;

/** What an event has made of a ticket, for those who want it. */
enum Outcome {
  NOTHING,
  GRANTED,
  /** It stands in line. */
  WAITS,
  /** A try took no ticket. */
  REFUSED,
  /** It is gone, and nobody here made it leave. */
  PLACE_LOST,
  /** The store has not done what was asked, or nothing is known of it. */
  FAILED
}
