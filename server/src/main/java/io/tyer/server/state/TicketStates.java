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
      return new TicketState.Refused(entered.ahead(), some(entered.blockers()));
    }
    return entered.granted()
        ? of(entered.line().check(ticket.number()))
        : new TicketState.Waiting(ticket.number(), entered.ahead(), some(entered.blockers()));
  }

  static TicketState of(Line.Standing standing) {
    if (standing instanceof Line.Standing.Granted granted) {
      Ticket ticket = granted.ticket();
      return new TicketState.Granted(ticket.number(), ticket.revoked(), granted.behind());
    }
    if (standing instanceof Line.Standing.Waiting waiting) {
      return new TicketState.Waiting(
          waiting.ticket().number(), waiting.ahead(), some(waiting.blockers()));
    }
    return new TicketState.Gone();
  }

  /** The nearest: there may be as many as the line is long, and outcomes are kept. */
  private static List<Ticket> some(List<Ticket> blockers) {
    int size = blockers.size();
    return size <= Bounds.MAX_BLOCKERS
        ? blockers
        : List.copyOf(blockers.subList(size - Bounds.MAX_BLOCKERS, size));
  }
}
