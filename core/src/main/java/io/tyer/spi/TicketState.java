package io.tyer.spi;

import io.tyer.line.Ticket;
import java.util.List;

/** What a store says of a ticket. */
public sealed interface TicketState {

  /**
   * It is granted, and stays so until it leaves or its session dies.
   *
   * @param number its number
   * @param revoked whether an operator wants it back
   * @param behind how many tickets stand behind it
   */
  record Granted(long number, boolean revoked, int behind) implements TicketState {}

  /**
   * It waits.
   *
   * @param number its number
   * @param ahead how many tickets stand ahead of it
   * @param blockers tickets ahead that alone still block it; it need not check before one is gone
   */
  record Waiting(long number, int ahead, List<Ticket> blockers) implements TicketState {}

  /**
   * A try was refused and took no ticket.
   *
   * @param blockers tickets that were in its way
   */
  record Refused(List<Ticket> blockers) implements TicketState {}

  /** There is no such ticket: it has left, was removed, or never came. */
  record Gone() implements TicketState {}
}
