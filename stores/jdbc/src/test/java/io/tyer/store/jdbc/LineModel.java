package io.tyer.store.jdbc;

import io.tyer.line.Ask;
import io.tyer.line.Line;
import io.tyer.line.LockName;
import io.tyer.line.RequestId;
import io.tyer.line.SessionId;
import io.tyer.line.Ticket;
import io.tyer.spi.LineView;
import io.tyer.spi.TicketState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** What a store of lines should do: a {@link Line} for each name, and the deaths of sessions. */
final class LineModel {

  /** A ticket that was granted by what somebody else did. */
  record Grant(LockName name, Ticket ticket) {}

  private final SessionModel sessions;
  private final Map<LockName, Line> lines = new TreeMap<>();
  private final List<Grant> grants = new ArrayList<>();

  LineModel(SessionModel sessions) {
    this.sessions = sessions;
  }

  Line line(LockName name) {
    return lines.getOrDefault(name, Line.empty(0));
  }

  /** Those since it was asked last. */
  List<Grant> grants() {
    List<Grant> all = List.copyOf(grants);
    grants.clear();
    return all;
  }

  /** Answers whether the session was alive. */
  boolean end(SessionId id) {
    drop(id::equals);
    return sessions.end(id);
  }

  /** Answers which sessions are gone. */
  Set<SessionId> sweep(SessionId self) {
    Set<SessionId> gone = new HashSet<>();
    Set<SessionId> met = sessions.ids();
    lines.values().forEach(line -> line.tickets().forEach(ticket -> met.add(ticket.session())));
    for (SessionId id : met) {
      if (!id.equals(self) && sessions.isDead(id)) {
        gone.add(id);
      }
    }
    drop(gone::contains);
    gone.forEach(sessions::forget);
    return gone;
  }

  /** Whether every ticket is one of a session that nobody could find dead. */
  boolean isCalm() {
    return lines.values().stream()
        .flatMap(line -> line.tickets().stream())
        .allMatch(ticket -> sessions.isHeardOf(ticket.session()));
  }

  // ---- lines

  private void follow(LockName name, Line.Changed changed) {
    lines.put(name, changed.line());
    changed.granted().forEach(ticket -> grants.add(new Grant(name, ticket)));
  }

  private void drop(Predicate<SessionId> dead) {
    for (LockName name : List.copyOf(lines.keySet())) {
      follow(name, line(name).drop(dead, 0));
    }
  }

  /**
   * What is answered to somebody who enters.
   *
   * @param number what the store has given, which must be larger than all before it
   */
  TicketState enter(LockName name, Ask ask, boolean onlyIfFree, long number) {
    Set<SessionId> dead = new HashSet<>();
    while (true) {
      follow(name, line(name).drop(dead::contains, 0));
      Line line = line(name);
      Line.Entered entered =
          onlyIfFree ? line.tryEnter(ask, number, 0) : line.enter(ask, number, 0);
      lines.put(name, entered.line());
      Ticket ticket = entered.ticket();
      if (ticket != null) {
        return state(entered.line().check(ticket.number()));
      }
      if (!dead.addAll(sessions.deadAmong(entered.blockers(), ask.session()))) {
        return new TicketState.Refused(entered.ahead(), entered.blockers());
      }
    }
  }

  /** The ticket, if it is this session's. */
  Optional<Ticket> find(LockName name, SessionId session, RequestId request) {
    return line(name).find(request).filter(ticket -> ticket.session().equals(session));
  }

  boolean leave(LockName name, SessionId session, RequestId request) {
    Optional<Ticket> ticket = find(name, session, request);
    ticket.ifPresent(found -> follow(name, line(name).leave(found.number(), 0)));
    return ticket.isPresent();
  }

  /** Fails where the line does. */
  TicketState weaken(
      LockName name, SessionId session, RequestId request, int weight, int capacity) {
    Optional<Ticket> ticket = find(name, session, request);
    if (ticket.isEmpty()) {
      return new TicketState.Gone();
    }
    follow(name, line(name).weaken(ticket.get().number(), weight, capacity, 0));
    return state(line(name).check(ticket.get().number()));
  }

  TicketState check(LockName name, SessionId session, RequestId request) {
    while (true) {
      Optional<Ticket> ticket = find(name, session, request);
      if (ticket.isEmpty()) {
        return new TicketState.Gone();
      }
      TicketState state = state(line(name).check(ticket.get().number()));
      Set<SessionId> dead =
          state instanceof TicketState.Waiting waiting
              ? sessions.deadAmong(waiting.blockers(), session)
              : Set.of();
      if (dead.isEmpty()) {
        return state;
      }
      follow(name, line(name).drop(dead::contains, 0));
    }
  }

  /** Answers whose tickets were revoked. */
  List<Ticket> revoke(LockName name, OptionalLong number, boolean immediately) {
    List<Ticket> targets =
        line(name).tickets().stream()
            .filter(
                ticket ->
                    number.isPresent()
                        ? ticket.number() == number.getAsLong()
                        : line(name).isGranted(ticket.number()))
            .toList();
    for (Ticket target : targets) {
      Line line = line(name);
      follow(name, immediately ? line.leave(target.number(), 0) : line.revoke(target.number()));
    }
    return targets;
  }

  /** Its row is removed, or has been: all that is left of it is what numbers must exceed. */
  void forget(LockName name, long floor) {
    lines.put(name, Line.empty(Math.max(floor, line(name).last())));
  }

  private static TicketState state(Line.Standing standing) {
    if (standing instanceof Line.Standing.Granted granted) {
      Ticket ticket = granted.ticket();
      return new TicketState.Granted(ticket.number(), ticket.revoked(), granted.behind());
    }
    if (standing instanceof Line.Standing.Waiting waiting) {
      return new TicketState.Waiting(
          waiting.ticket().number(), waiting.ahead(), waiting.blockers());
    }
    return new TicketState.Gone();
  }

  /** As operators see them: without the tickets of those whose death was decided. */
  List<LineView> list() {
    List<LineView> views = new ArrayList<>();
    lines.forEach(
        (name, line) -> {
          Line shown = line.drop(sessions::isOver, 0).line();
          if (!shown.isEmpty()) {
            List<Boolean> granted =
                shown.tickets().stream().map(ticket -> shown.isGranted(ticket.number())).toList();
            views.add(new LineView(name, shown.tickets(), granted));
          }
        });
    return views;
  }
}
