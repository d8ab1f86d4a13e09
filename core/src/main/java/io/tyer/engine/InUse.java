package io.tyer.engine;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The granted tickets of one mode, in the order in which they were granted. */
final class InUse {

  private final List<OwnTicket> tickets = new ArrayList<>(1);

  boolean isEmpty() {
    return tickets.isEmpty();
  }

  void add(OwnTicket ticket) {
    tickets.add(ticket);
  }

  void remove(OwnTicket ticket) {
    tickets.remove(ticket);
  }

  /** Whether there is a lease under any of them. */
  boolean anyHeld() {
    return tickets.stream().anyMatch(ticket -> !ticket.granted().unused());
  }

  boolean heldBy(Thread thread) {
    for (OwnTicket ticket : tickets) {
      if (ticket.granted().heldBy(thread)) {
        return true;
      }
    }
    return false;
  }

  /** The one that a further caller may share without asking the store; null if none. */
  @Nullable OwnTicket joinable(Step step) {
    if (tickets.isEmpty()) {
      return null;
    }
    OwnTicket newest = tickets.get(tickets.size() - 1);
    return !newest.granted().unused() && newest.mayHandOn(step) ? newest : null;
  }
}
