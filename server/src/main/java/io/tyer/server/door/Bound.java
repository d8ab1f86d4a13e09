package io.tyer.server.door;

/** Why the door does not let in or go on, before the state machine is asked. */
public enum Bound {
  /** There are as many connections as there may be. */
  CONNECTIONS,
  /** There are as many calls of one request as there may be. */
  CALLS,
  /** The peer has as many streams as it may have. */
  STREAMS,
  /** The stream, or the token, has asked for more in a second than it may. */
  RATE,
  /** The stream has as many requests without an answer as it may have. */
  UNANSWERED,
  /** As many commands wait for an entry as the member bears. */
  QUEUE,
  /** The client has not read what it was sent, or not sent what it had begun. */
  SLOW,
  /** The stream carried no live session for too long. */
  SESSIONLESS,
  /** No access token that counts was shown. */
  TOKEN
}
