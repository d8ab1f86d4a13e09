package io.tyer;

/** Why a lease was lost before it was closed. */
public enum LossCause {
  /** No beat was acknowledged in time: the store may have begun to forget the session. */
  UNPROVED("no beat was acknowledged in time, so the lease could no longer be proved"),
  /** The store has ended the session. */
  SESSION_ENDED("the store has ended the session"),
  /** The ticket is not in the store any more, though the session is alive: removed by force. */
  REMOVED("the ticket was removed from the store by force"),
  /** An operator wants the lock back. */
  REVOKED("an operator has revoked it"),
  /** The lease was held for its maximum time. */
  MAX_HOLD("it was held for its maximum time"),
  /** What it was {@linkplain Lease#boundTo bound to} has ended, such as a version of a value. */
  MOVED_ON("what it was bound to has moved on"),
  /** The {@link Tyer} that gave the lease was closed. */
  CLOSED("the client that held it was closed");

  private final String explanation;

  LossCause(String explanation) {
    this.explanation = explanation;
  }

  /** In words, for messages. */
  public String explanation() {
    return explanation;
  }
}
