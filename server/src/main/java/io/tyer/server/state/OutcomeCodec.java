package io.tyer.server.state;

import io.tyer.line.Ticket;
import io.tyer.spi.TicketState;
import java.util.ArrayList;
import java.util.List;

/** Outcomes of {@link Command.Once} as bytes: those that are kept. */
final class OutcomeCodec {

  private static final int GRANTED = 1;
  private static final int WAITING = 2;
  private static final int REFUSED = 3;
  private static final int GONE = 4;
  private static final int FOUND = 5;
  private static final int FAILED = 6;

  private static final int EXCLUSIVE = 1;
  private static final int RECALLABLE = 2;
  private static final int REVOKED = 4;

  /** Flags, number, session, request, since, no owner. */
  private static final int MIN_TICKET = 1 + 1 + 16 + 16 + 8 + 1;

  private static final Outcome.Why[] WHYS = {
    Outcome.Why.SESSION_DEAD,
    Outcome.Why.REFUSED,
    Outcome.Why.SETTLED,
    Outcome.Why.NOT_KNOWN,
    Outcome.Why.FORBIDDEN
  };

  private OutcomeCodec() {}

  static void put(WireOut out, Outcome outcome) {
    if (outcome instanceof Outcome.Ticket ticket) {
      putState(out, ticket.state());
    } else if (outcome instanceof Outcome.Found found) {
      out.put(FOUND).putFlag(found.found());
    } else if (outcome instanceof Outcome.Failed failed) {
      out.put(FAILED).put(List.of(WHYS).indexOf(failed.why())).putText(failed.message());
    } else {
      throw new AssertionError(outcome);
    }
  }

  static Outcome get(WireIn in) {
    int kind = in.get();
    return switch (kind) {
      case GRANTED ->
          new Outcome.Ticket(new TicketState.Granted(in.getVarint(), in.getFlag(), in.getInt()));
      case WAITING ->
          new Outcome.Ticket(new TicketState.Waiting(in.getVarint(), in.getInt(), getTickets(in)));
      case REFUSED -> new Outcome.Ticket(new TicketState.Refused(in.getInt(), getTickets(in)));
      case GONE -> new Outcome.Ticket(new TicketState.Gone());
      case FOUND -> new Outcome.Found(in.getFlag());
      case FAILED -> new Outcome.Failed(WHYS[(int) in.getVarint(WHYS.length - 1)], in.getText());
      default -> throw new IllegalArgumentException("there is no outcome " + kind);
    };
  }

  private static void putState(WireOut out, TicketState state) {
    if (state instanceof TicketState.Granted granted) {
      out.put(GRANTED).putVarint(granted.number()).putFlag(granted.revoked());
      out.putVarint(granted.behind());
    } else if (state instanceof TicketState.Waiting waiting) {
      out.put(WAITING).putVarint(waiting.number()).putVarint(waiting.ahead());
      putTickets(out, waiting.blockers());
    } else if (state instanceof TicketState.Refused refused) {
      out.put(REFUSED).putVarint(refused.ahead());
      putTickets(out, refused.blockers());
    } else {
      out.put(GONE);
    }
  }

  private static void putTickets(WireOut out, List<Ticket> tickets) {
    out.putVarint(tickets.size());
    for (Ticket ticket : tickets) {
      int flags =
          (ticket.exclusive() ? EXCLUSIVE : 0)
              | (ticket.recallable() ? RECALLABLE : 0)
              | (ticket.revoked() ? REVOKED : 0);
      out.put(flags).putVarint(ticket.number());
      out.putSession(ticket.session()).putRequest(ticket.request()).putFixed(ticket.since());
      if (!ticket.exclusive()) {
        out.putVarint(ticket.weight()).putVarint(ticket.capacity());
      }
      out.putText(ticket.owner());
    }
  }

  private static List<Ticket> getTickets(WireIn in) {
    int count = in.getCount(MIN_TICKET);
    List<Ticket> tickets = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      tickets.add(getTicket(in));
    }
    return List.copyOf(tickets);
  }

  private static Ticket getTicket(WireIn in) {
    int flags = in.get();
    if (flags > (EXCLUSIVE | RECALLABLE | REVOKED)) {
      throw new IllegalArgumentException("a ticket with flags " + flags);
    }
    boolean exclusive = (flags & EXCLUSIVE) != 0;
    boolean recallable = (flags & RECALLABLE) != 0;
    boolean revoked = (flags & REVOKED) != 0;
    long number = in.getVarint();
    var session = in.getSession();
    var request = in.getRequest();
    long since = in.getFixed();
    int weight = exclusive ? 1 : in.getInt();
    int capacity = exclusive ? 1 : in.getInt();
    String owner = in.getText();
    return new Ticket(
        number, session, request, owner, exclusive, weight, capacity, recallable, revoked, since);
  }
}
