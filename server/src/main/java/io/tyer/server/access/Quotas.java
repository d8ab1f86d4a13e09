package io.tyer.server.access;

/**
 * How much may be done under one token at once, so that its client cannot crowd out others; 0 each
 * for no quota of its own, beside what the server bounds for everybody.
 *
 * @param sessions that are alive
 * @param tickets of all of its sessions
 * @param waiting those of the tickets that are not granted
 * @param requestsPerSecond of all of its sessions, at the member that leads
 * @param bytes of UTF-8 that the owners of its sessions and the names and owners of its tickets
 *     have; known to members since version 3 of what they write
 */
public record Quotas(int sessions, int tickets, int waiting, int requestsPerSecond, long bytes) {

  /** None. */
  public static final Quotas NONE = new Quotas(0, 0, 0, 0, 0);

  /**
   * Checks them.
   *
   * @throws IllegalArgumentException if one is negative
   */
  public Quotas {
    if (sessions < 0 || tickets < 0 || waiting < 0 || requestsPerSecond < 0 || bytes < 0) {
      throw new IllegalArgumentException("a quota is 1 or more, or 0 for none");
    }
  }

  /** Without a quota of bytes. */
  public Quotas(int sessions, int tickets, int waiting, int requestsPerSecond) {
    this(sessions, tickets, waiting, requestsPerSecond, 0);
  }
}
