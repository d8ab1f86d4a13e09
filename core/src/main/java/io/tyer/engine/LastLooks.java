package io.tyer.engine;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The callers of one mode whose time is over, until it is known how the ticket stands that they
 * waited for: a grant that this finds is theirs. One look is under way at a time; who comes
 * meanwhile is for the next one. None of them waits for longer than {@link Rules#lastLookNanos}.
 */
final class LastLooks {

  private final Step step;
  private List<Waiter> looking = new ArrayList<>(0);
  private List<Waiter> next = new ArrayList<>(0);

  /** Whose look is under way; null if none is. */
  private @Nullable OwnTicket ticket;

  /** Which one it is. */
  private int look;

  LastLooks(Step step) {
    this.step = step;
  }

  /** A caller's time is over while this ticket stands in line for it. */
  void add(Waiter waiter, OwnTicket in) {
    if (ticket == in) {
      next.add(waiter);
    } else {
      looking = new ArrayList<>(List.of(waiter));
      next = new ArrayList<>(0);
      send(in);
    }
    step.emit(new Effect.Later(step.rules.lastLookNanos(), new Event.LookDue(waiter)));
  }

  private void send(OwnTicket in) {
    ticket = in;
    look++;
    in.look(look, step);
  }

  /**
   * A look was answered, or failed.
   *
   * @return who waited for that
   */
  List<Waiter> answered(OwnTicket of, int which) {
    if (ticket != of || look != which) {
      return List.of();
    }
    List<Waiter> answered = looking;
    looking = next;
    next = new ArrayList<>(0);
    ticket = null;
    return answered;
  }

  /** The next look, if somebody still waits for it, and for this ticket; null if there is none. */
  void goOn(@Nullable OwnTicket in) {
    looking.removeIf(waiter -> waiter.decided);
    if (in != null && ticket == null && !looking.isEmpty() && in.phase() == Phase.WAITING) {
      send(in);
    }
  }
}
