package io.tyer.engine;

import io.tyer.line.RequestId;
import io.tyer.line.Ticket;
import io.tyer.spi.StoreException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tickets of one name and of this client's session that the client does not know: an answer was
 * lost. They are made to leave.
 */
final class Strangers {

  private final Tickets tickets;
  private final Step step;

  /** Until they have left; made when the first one is met. */
  private @Nullable Set<Stranger> leaving;

  /** None; those in {@code tickets} are known. */
  Strangers(Tickets tickets, Step step) {
    this.tickets = tickets;
    this.step = step;
  }

  boolean isEmpty() {
    return leaving == null || leaving.isEmpty();
  }

  /** Makes those leave that block this ticket. */
  void lookFor(OwnTicket ticket, List<Ticket> blockers) {
    OpenSession session = ticket.session();
    for (Ticket blocker : blockers) {
      if (blocker.session().equals(session.id()) && tickets.find(blocker.request()) == null) {
        withdraw(session, blocker.request(), blocker.number());
      }
    }
  }

  /** Makes this one leave, unless that is under way. */
  void withdraw(OpenSession session, RequestId request, long number) {
    Stranger stranger = new Stranger(session, request, number);
    if (!step.over(session) && add(stranger)) {
      String text = "a ticket of lock {} was unknown to its own client; it leaves";
      step.emit(new Effect.Log(Effect.Level.DEBUG, text, null));
      step.emit(new Effect.LeaveStranger(stranger));
    }
  }

  private boolean add(Stranger stranger) {
    if (leaving == null) {
      leaving = new HashSet<>();
    }
    return leaving.add(stranger);
  }

  void left(Stranger stranger) {
    if (leaving != null) {
      leaving.remove(stranger);
    }
  }

  /** It could not be made to leave. */
  void stays(Stranger stranger, StoreException failure) {
    boolean dead = failure.kind() == StoreException.Kind.SESSION_DEAD;
    if (dead || step.over(stranger.session())) {
      left(stranger);
    } else {
      Event again = new Event.StrangerDue(stranger);
      step.emit(new Effect.Later(step.rules.longestRetryNanos(), again));
    }
  }

  /** Time to ask again. */
  void due(Stranger stranger) {
    if (leaving != null && leaving.contains(stranger)) {
      step.emit(new Effect.LeaveStranger(stranger));
    }
  }
}
