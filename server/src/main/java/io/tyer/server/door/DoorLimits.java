package io.tyer.server.door;

import io.tyer.server.guard.Unread;
import java.time.Duration;

/**
 * How much a client can send, hold, and leave unread.
 *
 * @param connections of all clients together, in whatever state; of those that come beyond it, some
 *     are told so by the answer to their first call, the rest are closed at once
 * @param unaryCalls calls of one request and one reply at once, of all clients together
 * @param messageBytes the longest message taken from a client
 * @param streamsPerConnection calls at once on one connection; a client's library waits with more
 * @param streamsPerPeer sessions' streams at once of one peer: of one client certificate's subject,
 *     or of one address where there are no client certificates
 * @param unanswered requests of one stream that are worked on; more are not read from it meanwhile
 * @param requestsPerSecond of one stream, after a burst of as many; 0 for no limit
 * @param unread messages that wait for one stream's client to read on
 * @param unreadBytes about how many bytes all clients together may leave unread; one of them has a
 *     quarter, unless it is one message, and those that have the most are dropped first
 * @param unreadFor how long a client may leave messages unread, or keep a call without its request
 * @param withoutSession how long a stream may carry no live session, at its begin and after its
 *     session's end; and how long a connection may take for its handshake
 * @param connectionIdle how long a connection without any call is kept
 * @param pingAfter how long a connection may be silent before it is asked for a sign of life
 * @param pingTimeout how long that sign may take
 */
public record DoorLimits(
    int connections,
    int unaryCalls,
    int messageBytes,
    int streamsPerConnection,
    int streamsPerPeer,
    int unanswered,
    int requestsPerSecond,
    int unread,
    long unreadBytes,
    Duration unreadFor,
    Duration withoutSession,
    Duration connectionIdle,
    Duration pingAfter,
    Duration pingTimeout) {

  /** What a server without other wishes allows; some of it follows from the heap of the process. */
  public static final DoorLimits DEFAULT =
      new DoorLimits(
          10_000,
          100,
          64 * 1024,
          10_000,
          20_000,
          1_000,
          0,
          10_000,
          Unread.DEFAULT_BYTES,
          Duration.ofSeconds(10),
          Duration.ofSeconds(10),
          Duration.ofMinutes(5),
          Duration.ofSeconds(20),
          Duration.ofSeconds(10));

  /**
   * Checks every limit.
   *
   * @throws IllegalArgumentException if one is not positive (the rate: if it is negative)
   */
  public DoorLimits {
    positive("connections", connections);
    positive("unaryCalls", unaryCalls);
    positive("messageBytes", messageBytes);
    positive("streamsPerConnection", streamsPerConnection);
    positive("streamsPerPeer", streamsPerPeer);
    positive("unanswered", unanswered);
    if (requestsPerSecond < 0) {
      throw new IllegalArgumentException(
          "requestsPerSecond is at least 1, or 0 for no limit; not " + requestsPerSecond);
    }
    positive("unread", unread);
    positive("unreadBytes", unreadBytes);
    positive("unreadFor", unreadFor.toNanos());
    positive("withoutSession", withoutSession.toNanos());
    positive("connectionIdle", connectionIdle.toNanos());
    positive("pingAfter", pingAfter.toNanos());
    positive("pingTimeout", pingTimeout.toNanos());
  }

  /** Takes this many connections. */
  public DoorLimits withConnections(int other) {
    return new DoorLimits(
        other,
        unaryCalls,
        messageBytes,
        streamsPerConnection,
        streamsPerPeer,
        unanswered,
        requestsPerSecond,
        unread,
        unreadBytes,
        unreadFor,
        withoutSession,
        connectionIdle,
        pingAfter,
        pingTimeout);
  }

  /** Leaves this many bytes unread, of all clients together. */
  public DoorLimits withUnreadBytes(long other) {
    return new DoorLimits(
        connections,
        unaryCalls,
        messageBytes,
        streamsPerConnection,
        streamsPerPeer,
        unanswered,
        requestsPerSecond,
        unread,
        other,
        unreadFor,
        withoutSession,
        connectionIdle,
        pingAfter,
        pingTimeout);
  }

  private static void positive(String name, long value) {
    if (value <= 0) {
      throw new IllegalArgumentException(name + " must be positive");
    }
  }
}
