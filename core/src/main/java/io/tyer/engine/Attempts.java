package io.tyer.engine;

import io.tyer.line.Ask;
import io.tyer.spi.StoreException;
import io.tyer.spi.StoreSession;
import io.tyer.spi.TicketState;

/**
 * The attempts to enter with one request: repeated while their outcome is unknown, and counted,
 * since one that has not been answered may yet take a ticket. Guarded by the name queue's lock.
 */
final class Attempts {

  private static final long FIRST_RETRY_NANOS = 50_000_000;

  private final Claim claim;
  private final NameQueue queue;
  private final Engine engine;
  private final Ask ask;
  private final boolean onlyIfFree;

  /** Whether an attempt is on its way and not given up. */
  private boolean awaiting;

  /** Attempts that may yet have an effect that nobody has seen. */
  private int unanswered;

  /** Whether it was asked together with a leave, and is not to be asked again. */
  private boolean once;

  private long lastSentNanos;
  private long retryNanos = FIRST_RETRY_NANOS;

  Attempts(Claim claim, NameQueue queue, Ask ask, boolean onlyIfFree) {
    this.claim = claim;
    this.queue = queue;
    this.engine = queue.engine();
    this.ask = ask;
    this.onlyIfFree = onlyIfFree;
  }

  boolean awaiting() {
    return awaiting;
  }

  boolean allAnswered() {
    return unanswered == 0;
  }

  /** Whether no attempt can take effect after a leave that was sent then. */
  boolean certainlyOver(long leaveSentNanos) {
    long after = leaveSentNanos - lastSentNanos;
    return unanswered == 0 || after > engine.settings().ttl().toNanos();
  }

  /** Whether the request may be made again when nothing is known of it. */
  boolean mayRepeat() {
    return !once;
  }

  /** It is sent now, together with the leave of another ticket, by whoever calls this. */
  Call.Outcome<TicketState> sentWithLeave() {
    once = true;
    return sent();
  }

  Ask ask() {
    return ask;
  }

  private Call.Outcome<TicketState> sent() {
    unanswered++;
    awaiting = true;
    lastSentNanos = engine.now();
    EntersInFlight inFlight = queue.sessions().entersInFlight();
    inFlight.sent();
    return inFlight.counting(queue.outcome(this::answered, this::failed));
  }

  void send(Effects effects) {
    StoreSession store = claim.session().store();
    Call.Outcome<TicketState> outcome = sent();
    effects.add(
        () ->
            Call.send(
                engine.port(),
                "enter",
                effects,
                outcome,
                reply -> store.enter(queue.name(), ask, onlyIfFree, reply)));
  }

  private void answered(TicketState state, Effects effects) {
    unanswered = Math.max(0, unanswered - 1);
    awaiting = false;
    claim.entered(state, effects);
  }

  private void failed(StoreException failure, Effects effects) {
    awaiting = false;
    if (failure.kind() != StoreException.Kind.UNKNOWN) {
      unanswered = Math.max(0, unanswered - 1);
    }
    claim.enterFailed(failure, effects);
  }

  /** Tries again after a pause, as long as somebody wants it. */
  void retryLater() {
    long pause = engine.port().jittered(retryNanos);
    retryNanos = Math.min(retryNanos * 2, engine.longestRetryNanos());
    claim.setTimer(
        pause,
        later -> {
          if (claim.phase == Claim.Phase.ENTERING && !awaiting) {
            send(later);
          }
        });
  }
}
