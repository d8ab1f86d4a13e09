package io.tyer.store.ordered;

/**
 * What a medium tells a session unasked: on any thread, never while the medium holds a lock that a
 * call needs.
 */
public interface OrderedEvents {

  /** Somebody has {@linkplain OrderedLines#tell told} this session something. */
  void told(byte[] hint);

  /**
   * What was told may have been missed, or a connection came back after another one had failed:
   * anything may have changed. Watches that may have missed something are called as well.
   */
  void missed();

  /** The server has ended the session, for good: its nodes are gone, or go. */
  void ended(String why);
}
