package io.tyer.engine;

import io.tyer.spi.StoreException;

/**
 * The attempts to enter with one request: repeated while their outcome is unknown, and counted,
 * since one that has not been answered may yet take a ticket.
 */
final class Entering {

  private final Asked asked;
  private final TicketTimer timer;

  /** Whether it was asked together with a leave, and is not to be asked again. */
  private final boolean once;

  /** Whether an attempt is on its way and not given up. */
  private boolean awaiting;

  private int attempts;

  /** Attempts that may yet have an effect that nobody has seen. */
  private int unanswered;

  private long lastSentNanos;
  private long retryNanos = Rules.FIRST_RETRY_NANOS;

  Entering(Asked asked, TicketTimer timer, boolean once) {
    this.asked = asked;
    this.timer = timer;
    this.once = once;
  }

  /** An attempt, which the caller sends. */
  Effect.Enter attempt(long now) {
    attempts++;
    unanswered++;
    awaiting = true;
    lastSentNanos = now;
    return asked.enter();
  }

  void answered() {
    unanswered = Math.max(0, unanswered - 1);
    awaiting = false;
  }

  void failed(StoreException failure) {
    awaiting = false;
    if (failure.kind() != StoreException.Kind.UNKNOWN) {
      unanswered = Math.max(0, unanswered - 1);
    }
  }

  /** Whether there was no attempt but one. */
  boolean first() {
    return attempts == 1;
  }

  boolean awaiting() {
    return awaiting;
  }

  boolean allAnswered() {
    return unanswered == 0;
  }

  /** Whether no attempt can take effect after a leave that was sent then. */
  boolean certainlyOver(long leaveSentNanos, Rules rules) {
    return unanswered == 0 || leaveSentNanos - lastSentNanos > rules.ttlNanos();
  }

  /** Whether the request may be made again when nothing is known of it. */
  boolean mayRepeat() {
    return !once;
  }

  /** Tries again after a pause; the next pause is longer. */
  void repeatLater(Step step) {
    timer.ringAfter(retryNanos, new Event.EnterDue(asked.request()), step);
    retryNanos = Math.min(retryNanos * 2, step.rules.longestRetryNanos());
  }

  void due(Step step) {
    if (!awaiting) {
      step.emit(attempt(step.now()));
    }
  }
}
