package io.tyer.engine;

import io.tyer.line.RequestId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Every ticket of one name that was asked for and is not certainly gone. */
final class Tickets {

  private static final int COUNTER_BITS = 24;

  private final List<OwnTicket> tickets = new ArrayList<>(2);
  private final long salt;
  private long asked;

  /** Tickets that this client did not know, until they have left. */
  private @Nullable Set<Stranger> strangers;

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

  /** Whether it was not made to leave already. */
  boolean addStranger(Stranger stranger) {
    if (strangers == null) {
      strangers = new HashSet<>();
    }
    return strangers.add(stranger);
  }

  /** Whether it has not left yet. */
  boolean hasStranger(Stranger stranger) {
    return strangers != null && strangers.contains(stranger);
  }

  void strangerIsGone(Stranger stranger) {
    if (strangers != null) {
      strangers.remove(stranger);
    }
  }

  boolean isEmpty() {
    return tickets.isEmpty() && (strangers == null || strangers.isEmpty());
  }
}
