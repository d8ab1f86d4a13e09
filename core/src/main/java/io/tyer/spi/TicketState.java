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
   * Whether all that is in the way is the one ticket of an exclusive lease that may merely be kept
   * under bias. Who waits directly behind it recalls it.
   */
  static boolean onlyKept(int ahead, List<Ticket> blockers) {
    return ahead == 1 && blockers.size() == 1 && blockers.get(0).mayBeKept();
  }

  /**
   * A try was refused and took no ticket.
   *
   * @param ahead how many tickets would have stood ahead of it
   * @param blockers tickets that were in its way
   */
  record Refused(int ahead, List<Ticket> blockers) implements TicketState {}

  /** There is no such ticket: it has left, was removed, or never came. */
  record Gone() implements TicketState {}
}
