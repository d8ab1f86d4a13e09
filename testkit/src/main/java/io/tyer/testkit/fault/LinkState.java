package io.tyer.testkit.fault;

/** How it stands between a client and its store. */
public enum LinkState {
  /** Requests, replies and hints arrive. */
  SOUND,
  /** Nothing arrives, either way, and nobody is told. */
  CUT,
  /**
   * The engine is silent, its beats above all, while the store's own client stays connected: a
   * session lives by the engine's beats, not by those of a client library.
   */
  SILENT,
  /** Connections are refused at once: no request arrives, and the client knows it. */
  REFUSING,
  /** Requests arrive and take effect; neither replies nor hints come back. */
  REPLIES_LOST,
  /** Requests arrive and take effect; replies come back once the link is sound again. */
  REPLIES_LATE,
  /** Requests and replies arrive; what the store tells unasked does not. */
  HINTS_LOST
}
