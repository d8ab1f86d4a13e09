package io.tyer.engine;

import io.tyer.spi.StoreException;
import java.util.ArrayList;
import java.util.List;

/**
 * A ticket's way out: the leave is repeated until the store has answered, and as long as an attempt
 * to enter may still take a ticket that nobody knows (promise L2).
 */
final class Leaving {

  private final Asked asked;
  private final long number;
  private final Entering attempts;
  private final TicketTimer timer;
  private final List<Holding> closers = new ArrayList<>(1);
  private long retryNanos = Rules.FIRST_RETRY_NANOS;
  private boolean inFlight;

  /** Whether a ticket came in while a leave was on its way. */
  private boolean leaveAgain;

  private boolean refusalTold;
  private boolean known;

  Leaving(Asked asked, long number, Entering attempts, TicketTimer timer) {
    this.asked = asked;
    this.number = number;
    this.attempts = attempts;
    this.timer = timer;
  }

  /** A leave, which the caller sends. */
  Effect.Leave attempt(long now) {
    inFlight = true;
    return asked.leave(number, now);
  }

  void send(Step step) {
    step.emit(attempt(step.now()));
  }

  /** An attempt to enter has got a ticket after all. */
  void ticketCameIn(Step step) {
    leaveAgain = true;
    if (!inFlight) {
      send(step);
    }
  }

  /**
   * The store has answered. A removed ticket does not tell which attempt took it: others may still
   * be on their way.
   *
   * @return whether nothing is left for certain
   */
  boolean left(long sentNanos, Step step) {
    inFlight = false;
    retryNanos = Rules.FIRST_RETRY_NANOS;
    if (leaveAgain) {
      leaveAgain = false;
      send(step);
      return false;
    }
    complete(step);
    boolean over = attempts.certainlyOver(sentNanos, step.rules);
    if (!over) {
      sendAfter(step.rules.longestRetryNanos(), step);
    }
    return over;
  }

  void failed(StoreException failure, Step step) {
    inFlight = false;
    if (asked.over(failure, step)) {
      return;
    }
    boolean loud = failure.kind() == StoreException.Kind.REFUSED && !refusalTold;
    refusalTold |= loud;
    Effect.Level level = loud ? Effect.Level.ERROR : Effect.Level.DEBUG;
    step.emit(new Effect.Log(level, "lock {} could not be given back yet; trying again", failure));
    sendAfter(retryNanos, step);
    retryNanos = Math.min(retryNanos * 2, step.rules.longestRetryNanos());
  }

  private void sendAfter(long nanos, Step step) {
    timer.ringAfter(nanos, new Event.LeaveDue(asked.request()), step);
  }

  /** A lease was given back, whose holder is told when the store knows. */
  void closedBy(Holding holding, Step step) {
    if (known) {
      step.emit(new Effect.GivenBack(holding));
    } else {
      closers.add(holding);
    }
  }

  /** The store knows, or forgets it anyway. */
  void complete(Step step) {
    known = true;
    for (Holding holding : closers) {
      step.emit(new Effect.GivenBack(holding));
    }
    closers.clear();
  }
}
