package io.tyer.testkit.fault;

/** How it stands between a client and its store. */
public enum LinkState {
  /** Requests, replies and hints arrive. */
  SOUND,
  /** Nothing arrives, either way, and nobody is told. */
  CUT,
  /** Connections are refused at once: no request arrives, and the client knows it. */
  REFUSING,
  /** Requests arrive and take effect; neither replies nor hints come back. */
  REPLIES_LOST,
  /** Requests and replies arrive; what the store tells unasked does not. */
  HINTS_LOST
}
