package io.tyer.server.state;

import io.tyer.line.Line;
import io.tyer.line.Ticket;
import io.tyer.spi.TicketState;

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
