package io.tyer.server.state;

import io.tyer.line.SessionId;
import io.tyer.server.access.TokenId;
import java.util.HashMap;
import java.util.Map;

/**
 * What there is under each token now. It follows from sessions and lines, and is not kept in
 * snapshots. Sessions without a token are not counted.
 */
final class Usage {

  private final Map<SessionId, TokenId> owners = new HashMap<>();
  private final Map<TokenId, Count> counts = new HashMap<>();

  /** Numbers of one token. */
  static final class Count {
    private int sessions;
    private int tickets;
    private int waiting;

    int sessions() {
      return sessions;
    }

    int tickets() {
      return tickets;
    }

    int waiting() {
      return waiting;
    }
  }

  /** What there is; not to be changed. */
  Count of(TokenId token) {
    Count count = counts.get(token);
    return count == null ? new Count() : count;
  }

  /** A session is opened under a token. */
  void opened(SessionId session, TokenId token) {
    if (!token.isNone()) {
      owners.put(session, token);
      counts.computeIfAbsent(token, id -> new Count()).sessions++;
    }
  }

  /** A session has a ticket more. */
  void entered(SessionId session, boolean granted) {
    change(session, 1, granted ? 0 : 1);
  }

  /** A waiting ticket of it is granted. */
  void granted(SessionId session) {
    change(session, 0, -1);
  }

  /** A session has a ticket less. */
  void left(SessionId session, boolean granted) {
    change(session, -1, granted ? 0 : -1);
  }

  /** A session that has ended has no tickets any more. */
  void closed(SessionId session) {
    TokenId token = owners.remove(session);
    Count count = token == null ? null : counts.get(token);
    if (token != null && count != null && --count.sessions == 0) {
      counts.remove(token);
    }
  }

  /** A session goes over to another token with all that it has. */
  void moved(SessionId session, TokenId to, int tickets, int waiting) {
    change(session, -tickets, -waiting);
    closed(session);
    opened(session, to);
    change(session, tickets, waiting);
  }

  private void change(SessionId session, int tickets, int waiting) {
    if (owners.isEmpty()) {
      return;
    }
    TokenId token = owners.get(session);
    Count count = token == null ? null : counts.get(token);
    if (count != null) {
      count.tickets += tickets;
      count.waiting += waiting;
    }
  }
}
