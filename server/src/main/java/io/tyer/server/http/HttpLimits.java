package io.tyer.server.http;

import io.tyer.server.guard.Unread;
import java.time.Duration;

/**
 * How much clients can send, hold, and leave unread.
 *
 * @param connections of all clients together; of those that come beyond it, some are told so by the
 *     answer to their first request, the rest are closed at once
 * @param connectionsPerPeer of one client certificate's subject or, without these, one address
 * @param bodyBytes the longest body of a request
 * @param waits requests that wait for a lock at once, of all clients together
 * @param waitsPerToken the same, under one access token or, without these, of one peer
 * @param watches of all clients together
 * @param watchesPerToken the same, under one access token or, without these, of one peer
 * @param unreadBytes about how many bytes all clients together may leave unread, beside one message
 *     of one of them; those that have the most are dropped first
 * @param longestWait how long a request may wait for a lock
 * @param requestIn how long a request may take to come in, once its head is there
 * @param idle how long a connection may be without a request that is worked on: before its first
 *     request's head is there, and between two
 */
public record HttpLimits(
    int connections,
    int connectionsPerPeer,
    int bodyBytes,
    int waits,
    int waitsPerToken,
    int watches,
    int watchesPerToken,
    long unreadBytes,
    Duration longestWait,
    Duration requestIn,
    Duration idle) {

  /** What a server without other wishes allows. */
  public static final HttpLimits DEFAULT =
      new HttpLimits(
          4_000,
          1_000,
          16 * 1024,
          3_000,
          1_000,
          200,
          50,
          Unread.DEFAULT_BYTES,
          Duration.ofSeconds(60),
          Duration.ofSeconds(10),
          Duration.ofSeconds(30));

  /**
   * Checks every limit.
   *
   * @throws IllegalArgumentException if one is not positive
   */
  public HttpLimits {
    positive("connections", connections);
    positive("connectionsPerPeer", connectionsPerPeer);
    positive("bodyBytes", bodyBytes);
    positive("waits", waits);
    positive("waitsPerToken", waitsPerToken);
    positive("watches", watches);
    positive("watchesPerToken", watchesPerToken);
    positive("unreadBytes", unreadBytes);
    positive("longestWait", longestWait.toMillis());
    positive("requestIn", requestIn.toMillis());
    positive("idle", idle.toMillis());
  }

  private static void positive(String name, long value) {
    if (value <= 0) {
      throw new IllegalArgumentException(name + " must be positive");
    }
  }
}
