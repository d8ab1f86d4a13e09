package io.tyer.engine;

/** Where one ticket's life stands, see {@link OwnTicket}. */
enum Phase {
  /** Needs a session first. */
  PENDING,
  ENTERING,
  WAITING,
  GRANTED,
  LEAVING,
  OVER
}
