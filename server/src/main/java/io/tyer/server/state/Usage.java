package io.tyer.server.state;

import io.tyer.line.SessionId;
import io.tyer.server.access.TokenId;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

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
    private long textBytes;
    private long outcomesCost;

    int sessions() {
      return sessions;
    }

    int tickets() {
      return tickets;
    }

    int waiting() {
      return waiting;
    }

    /** How many bytes the owners of its sessions, and names and owners of its tickets have. */
    long textBytes() {
      return textBytes;
    }

    /** About how many bytes of heap all of it takes. */
    long heapCost() {
      return HeapCost.SESSION * sessions
          + HeapCost.TICKET * tickets
          + HeapCost.texts(textBytes)
          + outcomesCost;
    }
  }

  /** What there is; not to be changed. */
  Count of(TokenId token) {
    Count count = counts.get(token);
    return count == null ? new Count() : count;
  }

  /** A session is opened under a token. */
  void opened(Session session, TokenId token) {
    if (!token.isNone()) {
      owners.put(session.id(), token);
      counts.computeIfAbsent(token, id -> new Count()).sessions++;
      change(session.id(), 0, 0, HeapCost.utf8Bytes(session.owner()));
      outcomesCost(session.id(), session.outcomesCost());
    }
  }

  /** A session has a ticket more. */
  void entered(SessionId session, boolean granted, int textBytes) {
    change(session, 1, granted ? 0 : 1, textBytes);
  }

  /** A waiting ticket of it is granted. */
  void granted(SessionId session) {
    change(session, 0, -1, 0);
  }

  /** A session has a ticket less. */
  void left(SessionId session, boolean granted, int textBytes) {
    change(session, -1, granted ? 0 : -1, -textBytes);
  }

  /** The outcomes of a session take so much more, or less. */
  void outcomesCost(SessionId session, long more) {
    Count count = count(session);
    if (count != null) {
      count.outcomesCost += more;
    }
  }

  /** A session that has ended has no tickets any more. */
  void closed(Session session) {
    change(session.id(), 0, 0, -HeapCost.utf8Bytes(session.owner()));
    outcomesCost(session.id(), -session.outcomesCost());
    TokenId token = owners.remove(session.id());
    Count count = token == null ? null : counts.get(token);
    if (token != null && count != null && --count.sessions == 0) {
      counts.remove(token);
    }
  }

  /** A session goes over to another token with all that it has. */
  void moved(Session session, TokenId to, int waiting, long textBytes) {
    SessionId id = session.id();
    int tickets = session.tickets().size();
    change(id, -tickets, -waiting, -textBytes);
    closed(session);
    opened(session, to);
    change(id, tickets, waiting, textBytes);
  }

  /** The tokens under which anything waits. */
  Set<TokenId> waiting() {
    return counts.entrySet().stream()
        .filter(each -> each.getValue().waiting > 0)
        .map(Map.Entry::getKey)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The tokens under which there is more than so many bytes of heap. */
  Set<TokenId> above(long bytes) {
    return counts.entrySet().stream()
        .filter(each -> each.getValue().heapCost() > bytes)
        .map(Map.Entry::getKey)
        .collect(Collectors.toUnmodifiableSet());
  }

  private void change(SessionId session, int tickets, int waiting, long textBytes) {
    Count count = count(session);
    if (count != null) {
      count.tickets += tickets;
      count.waiting += waiting;
      count.textBytes += textBytes;
    }
  }

  private @Nullable Count count(SessionId session) {
    TokenId token = owners.isEmpty() ? null : owners.get(session);
    return token == null ? null : counts.get(token);
  }
}
