package io.tyer.engine;

import io.tyer.line.RequestId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Every ticket of one name that was asked for and is not certainly gone. */
final class Tickets {

  private static final int COUNTER_BITS = 24;

  private final List<OwnTicket> tickets = new ArrayList<>(2);
  private final long salt;
  private long asked;

  /**
   * None.
   *
   * @param salt no other name of this client has it at the same time, so that requests differ
   */
  Tickets(long salt) {
    this.salt = salt;
  }

  /** Keeps a ticket that is about to be asked for, by the request that is answered. */
  RequestId add(OwnTicket ticket, OpenSession session) {
    tickets.add(ticket);
    asked++;
    ticket.place = asked;
    long low = (salt << COUNTER_BITS) | (asked & ((1 << COUNTER_BITS) - 1));
    return new RequestId(session.requestPrefix(), low);
  }

  /** How many tickets have been asked for so far. */
  long asked() {
    return asked;
  }

  /** The newest comes first. */
  @Nullable OwnTicket find(@Nullable RequestId request) {
    for (int i = tickets.size() - 1; i >= 0; i--) {
      if (tickets.get(i).asked().request().equals(request)) {
        return tickets.get(i);
      }
    }
    return null;
  }

  /** All of them, in a list of the caller's own. */
  List<OwnTicket> all() {
    return List.copyOf(tickets);
  }

  /** Forgets those that are certainly gone. */
  void forgetOver() {
    for (int i = tickets.size() - 1; i >= 0; i--) {
      if (tickets.get(i).phase() == Phase.OVER) {
        tickets.remove(i);
      }
    }
  }

  /** The leases under them that by themselves keep a caller waiting. */
  List<Holding> blockersOf(Waiter waiter) {
    List<Holding> found = new ArrayList<>();
    for (OwnTicket ticket : tickets) {
      if (ticket.phase() == Phase.GRANTED
          && ticket.mode().leavesNoRoom(ticket.weight, waiter.mode, waiter.weight)) {
        found.addAll(ticket.granted().open());
      }
    }
    return found;
  }

  boolean isEmpty() {
    return tickets.isEmpty();
  }
}
