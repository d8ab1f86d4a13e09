package io.tyer.server.state;

import io.tyer.line.Line;
import io.tyer.line.Ticket;
import io.tyer.spi.TicketState;
import java.util.List;

/** Says how tickets stand. */
final class TicketStates {

  private TicketStates() {}

  static TicketState of(Line.Entered entered) {
    Ticket ticket = entered.ticket();
    if (ticket == null) {
      return new TicketState.Refused(entered.ahead(), entered.blockers());
    }
    return entered.granted()
        ? of(entered.line(), ticket.number())
        : new TicketState.Waiting(ticket.number(), entered.ahead(), entered.blockers());
  }

  /** The same, without the labels of those that are in the way. */
  static TicketState withoutOwners(TicketState state) {
    if (state instanceof TicketState.Waiting waiting) {
      return new TicketState.Waiting(
          waiting.number(), waiting.ahead(), withoutOwners(waiting.blockers()));
    }
    return state instanceof TicketState.Refused refused
        ? new TicketState.Refused(refused.ahead(), withoutOwners(refused.blockers()))
        : state;
  }

  private static List<Ticket> withoutOwners(List<Ticket> tickets) {
    return tickets.stream()
        .map(
            t ->
                new Ticket(
                    t.number(),
                    t.session(),
                    t.request(),
                    "",
                    t.exclusive(),
                    t.weight(),
                    t.capacity(),
                    t.recallable(),
                    t.revoked(),
                    t.since()))
        .toList();
  }

  /** How the ticket with this number stands in the line. */
  static TicketState of(Line line, long number) {
    Line.Standing standing = line.check(number, Bounds.MAX_BLOCKERS);
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
}
