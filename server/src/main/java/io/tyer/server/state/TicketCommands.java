package io.tyer.server.state;

import io.tyer.line.Line;
import io.tyer.line.LockName;
import io.tyer.line.RequestId;
import io.tyer.line.SessionId;
import io.tyer.line.Ticket;
import io.tyer.server.access.Right;
import io.tyer.server.access.TokenId;
import io.tyer.spi.TicketState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What commands make of lines, and of the sessions whose tickets stand in them. */
final class TicketCommands {

  private final Sessions sessions;
  private final Lines lines;
  private final Access access;
  private final Tally tally;

  TicketCommands(Sessions sessions, Lines lines, Access access, Tally tally) {
    this.sessions = sessions;
    this.lines = lines;
    this.access = access;
    this.tally = tally;
  }

  Outcome enter(Session session, Command.Enter command, Effects effects) {
    LockName name = command.name();
    Outcome notAllowed = access.refusal(session.token(), Right.ACQUIRE, name, effects.wallMillis());
    if (notAllowed != null) {
      return notAllowed;
    }
    Line before = lines.get(name);
    long next = lines.lastNumber() + 1;
    Line.Entered entered =
        command.onlyIfFree()
            ? before.tryEnter(command.ask(), next, effects.wallMillis(), Bounds.MAX_BLOCKERS)
            : before.enter(command.ask(), next, effects.wallMillis(), Bounds.MAX_BLOCKERS);
    Ticket ticket = entered.ticket();
    if (ticket != null && ticket.number() >= next) {
      if (before.length() >= Bounds.MAX_LINE_LENGTH) {
        return Outcomes.refused(
            "the line has " + Bounds.MAX_LINE_LENGTH + " tickets, the most it can have");
      }
      if (session.tickets().size() >= Bounds.MAX_TICKETS_OF_SESSION) {
        return Outcomes.refused(
            "the session has "
                + Bounds.MAX_TICKETS_OF_SESSION
                + " tickets, the most it can have: open another session");
      }
      boolean granted = entered.granted();
      int textBytes = HeapCost.textBytes(name, ticket);
      Outcome full = access.full(session, !granted, textBytes);
      if (full != null) {
        return full;
      }
      lines.put(name, before, entered.line());
      session.tickets().put(ticket.number(), name);
      lines.textBytes(textBytes);
      access.usage().entered(session.id(), granted, textBytes);
      if (granted) {
        tally.hasGranted(0);
      } else {
        lines.waiting(1);
        access.waits(session.token());
      }
    }
    TicketState state = TicketStates.of(entered);
    recall(session, name, state, effects);
    return told(session, name, state, effects);
  }

  Outcome leave(Session session, Command.Leave command, Effects effects) {
    Ticket ticket = own(session, command.name(), command.request(), command.number());
    if (ticket == null) {
      return new Outcome.Found(false);
    }
    session.tickets().remove(ticket.number());
    effects.granted(command.name(), remove(command.name(), ticket.number(), session.id(), effects));
    return new Outcome.Found(true);
  }

  Outcome weaken(Session session, Command.Weaken command, Effects effects) {
    LockName name = command.name();
    Ticket ticket = own(session, name, command.request(), command.number());
    if (ticket == null) {
      return new Outcome.Ticket(new TicketState.Gone());
    }
    Line before = lines.get(name);
    Line.Changed changed =
        before.weaken(ticket.number(), command.weight(), command.capacity(), effects.wallMillis());
    lines.put(name, before, changed.line());
    waitNoMore(before, changed.granted(), effects);
    effects.granted(name, changed.granted());
    return new Outcome.Ticket(TicketStates.of(changed.line(), ticket.number()));
  }

  Outcome check(Session session, Command.Check command, Effects effects) {
    LockName name = command.name();
    Ticket ticket = own(session, name, command.request(), command.number());
    TicketState state =
        ticket == null ? new TicketState.Gone() : TicketStates.of(lines.get(name), ticket.number());
    recall(session, name, state, effects);
    return told(session, name, state, effects);
  }

  /** Without the right to read, nobody is told who is in the way. */
  private Outcome told(Session session, LockName name, TicketState state, Effects effects) {
    boolean may = access.refusal(session.token(), Right.READ, name, effects.wallMillis()) == null;
    return new Outcome.Ticket(may ? state : TicketStates.withoutOwners(state));
  }

  /** Marks or removes tickets, whosever they are. */
  Outcome revoke(Command.Revoke command, Effects effects) {
    LockName name = command.name();
    Outcome notAllowed = access.refusal(command.by(), Right.FORCE, name, effects.wallMillis());
    if (notAllowed != null) {
      return notAllowed;
    }
    List<Ticket> concerned = concerned(lines.get(name), command.number());
    List<Ticket> granted = new ArrayList<>();
    Set<SessionId> holders = new LinkedHashSet<>();
    for (Ticket ticket : concerned) {
      Session holder = sessions.find(ticket.session());
      if (holder != null) {
        holder.attention(true);
        holders.add(holder.id());
      }
      if (command.now()) {
        if (holder != null) {
          holder.tickets().remove(ticket.number());
        }
        granted.addAll(remove(name, ticket.number(), ticket.session(), effects));
      } else {
        Line before = lines.get(name);
        lines.put(name, before, before.revoke(ticket.number()).line());
      }
    }
    holders.forEach(holder -> effects.changed(name, holder));
    effects.granted(name, granted);
    return new Outcome.Revoked(concerned.size());
  }

  /**
   * Removes what waits under these tokens, which count no more: the last one first, so that none of
   * them is granted by another's going.
   */
  void dropWaiting(Set<TokenId> tokens, Effects effects) {
    TreeMap<Long, SessionId> waiting = new TreeMap<>(Comparator.reverseOrder());
    sessions.forEach(
        session -> {
          if (tokens.contains(session.token())) {
            session
                .tickets()
                .forEach(
                    (number, name) -> {
                      if (!lines.get(name).isGranted(number)) {
                        waiting.put(number, session.id());
                      }
                      return true;
                    });
          }
        });
    waiting.forEach((number, id) -> dropWaiting(sessions.find(id), number, effects));
  }

  private void dropWaiting(@Nullable Session session, long number, Effects effects) {
    LockName name = session == null ? null : session.tickets().get(number);
    if (session != null && name != null) {
      session.tickets().remove(number);
      session.attention(true);
      effects.granted(name, remove(name, number, session.id(), effects));
      effects.changed(name, session.id());
    }
  }

  /** Removes all tickets of a session that is no longer alive. */
  void drop(Session session, Effects effects) {
    session
        .tickets()
        .forEach(
            (number, name) -> {
              effects.granted(name, remove(name, number, session.id(), effects));
              return true;
            });
    access.usage().closed(session);
  }

  private static List<Ticket> concerned(Line line, OptionalLong number) {
    if (number.isPresent()) {
      return line.find(number.getAsLong()).stream().toList();
    }
    return line.tickets().stream().filter(ticket -> line.isGranted(ticket.number())).toList();
  }

  /** Removes a ticket, and answers with those that this grants. */
  private List<Ticket> remove(LockName name, long number, SessionId holder, Effects effects) {
    Line before = lines.get(name);
    boolean granted = before.isGranted(number);
    Line.Changed changed = before.leave(number, effects.wallMillis());
    lines.put(name, before, changed.line());
    for (Ticket left : changed.removed()) {
      int textBytes = HeapCost.textBytes(name, left);
      lines.textBytes(-textBytes);
      access.usage().left(holder, granted, textBytes);
      if (granted) {
        tally.hasLeft(effects.wallMillis() - left.since());
      } else {
        lines.waiting(-1);
      }
    }
    waitNoMore(before, changed.granted(), effects);
    return changed.granted();
  }

  /** Counts tickets that waited, and are granted now. */
  private void waitNoMore(Line before, List<Ticket> granted, Effects effects) {
    for (Ticket ticket : granted) {
      long since = before.find(ticket.number()).map(Ticket::since).orElse(effects.wallMillis());
      tally.hasGranted(effects.wallMillis() - since);
      access.usage().granted(ticket.session());
    }
    lines.waiting(-granted.size());
  }

  /** Only the session that took a ticket touches it (promise S3). */
  private @Nullable Ticket own(Session session, LockName name, RequestId request, long number) {
    Optional<Ticket> found = lines.get(name).find(request);
    if (found.isEmpty()) {
      return null;
    }
    Ticket ticket = found.get();
    boolean own = ticket.session().equals(session.id());
    return own && (number == 0 || number == ticket.number()) ? ticket : null;
  }

  /** Who waits directly behind a ticket that may merely be kept asks for it. */
  private void recall(Session asking, LockName name, TicketState state, Effects effects) {
    if (state instanceof TicketState.Waiting waiting
        && TicketState.onlyKept(waiting.ahead(), waiting.blockers())) {
      SessionId keeper = waiting.blockers().get(0).session();
      if (!keeper.equals(asking.id())) {
        effects.recalled(name, keeper);
      }
    }
  }
}
