package io.tyer.server.state;

import io.tyer.line.SessionId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** All sessions, and when each of them ends. */
final class Sessions {

  private record Deadline(long atMillis, SessionId id) implements Comparable<Deadline> {
    @Override
    public int compareTo(Deadline other) {
      return atMillis != other.atMillis
          ? Long.compare(atMillis, other.atMillis)
          : id.compareTo(other.id);
    }
  }

  private CowTree<SessionId, Session> alive = new CowTree<>(Comparator.naturalOrder());
  private DeadSessions dead = new DeadSessions();
  private final TreeSet<Deadline> deadlines = new TreeSet<>();
  private int generation;
  private long textBytes;
  private long outcomesCost;

  /** What is alive and dead now, never to change: what changes from now on is a copy. */
  record Frozen(CowTree<SessionId, Session> alive, DeadSessions dead) {}

  /** Takes constant time. */
  Frozen freeze() {
    Frozen frozen = new Frozen(alive, dead);
    alive = alive.copy();
    dead = dead.copy();
    generation++;
    return frozen;
  }

  int size() {
    return alive.size();
  }

  int generation() {
    return generation;
  }

  boolean isAlive(SessionId id) {
    return alive.get(id) != null;
  }

  /** The session, to be looked at only; null if it is not alive. */
  @Nullable Session look(SessionId id) {
    return alive.get(id);
  }

  /** The session, to be changed; null if it is not alive. */
  @Nullable Session find(SessionId id) {
    Session session = alive.get(id);
    if (session == null || session.generation() == generation) {
      return session;
    }
    Session copy = session.copy(generation);
    alive.put(id, copy);
    return copy;
  }

  /** All that are alive, to be looked at only. */
  void forEach(Consumer<Session> visitor) {
    alive.forEach(
        (id, session) -> {
          visitor.accept(session);
          return true;
        });
  }

  DeadSessions dead() {
    return dead;
  }

  void add(Session session) {
    alive.put(session.id(), session);
    textBytes += HeapCost.utf8Bytes(session.owner());
    outcomesCost += session.outcomesCost();
    deadlines.add(new Deadline(session.deadline(), session.id()));
  }

  /** About how many bytes of heap all of them take without their tickets, and those that ended. */
  long heapCost() {
    return HeapCost.SESSION * alive.size()
        + HeapCost.texts(textBytes)
        + outcomesCost
        + HeapCost.DEAD * dead.size();
  }

  /** The outcomes of one of them take so much more, or less. */
  void outcomesCost(long more) {
    outcomesCost += more;
  }

  /** It lives for its TTL from now on. */
  void prolong(Session session, long nowMillis) {
    deadlines.remove(new Deadline(session.deadline(), session.id()));
    session.deadline(nowMillis + session.ttlMillis());
    deadlines.add(new Deadline(session.deadline(), session.id()));
  }

  /** Whether there is a session whose time has come. */
  boolean anyOverdue(long nowMillis) {
    return !deadlines.isEmpty() && deadlines.first().atMillis() <= nowMillis;
  }

  /** Those whose time has come, the longest overdue first, but for those excepted. */
  List<Session> overdue(long nowMillis, Set<SessionId> except) {
    List<Session> overdue = new ArrayList<>();
    for (Deadline deadline : deadlines) {
      if (deadline.atMillis() > nowMillis) {
        break;
      }
      Session session = alive.get(deadline.id());
      if (session != null && !except.contains(deadline.id())) {
        overdue.add(session);
      }
    }
    return overdue;
  }

  /** Ends it, for good. */
  void bury(Session session, long nowMillis) {
    deadlines.remove(new Deadline(session.deadline(), session.id()));
    alive.remove(session.id());
    textBytes -= HeapCost.utf8Bytes(session.owner());
    outcomesCost -= session.outcomesCost();
    dead.add(session.id(), nowMillis);
  }
}
