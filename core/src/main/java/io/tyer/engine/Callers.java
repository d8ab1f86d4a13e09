package io.tyer.engine;

import io.tyer.TyerListener.WaitEnd;
import io.tyer.spi.StoreException;
import org.jspecify.annotations.Nullable;

/** The local callers of one name and mode, first come, first served, and what they are told. */
final class Callers {

  private final WaitQueue waiters = new WaitQueue();
  private final Step step;

  Callers(Step step) {
    this.step = step;
  }

  boolean isEmpty() {
    return waiters.isEmpty();
  }

  /** Who came first; null if there is nobody. */
  @Nullable Waiter first() {
    return waiters.first();
  }

  void add(Waiter waiter) {
    waiters.add(waiter);
  }

  /** Whether the ticket is what the first caller needs. */
  boolean want(OwnTicket ticket) {
    Waiter first = waiters.first();
    return first != null && ticket.fits(first);
  }

  /**
   * Whether the ticket may be handed on to the first caller: not to a try, others may wait by now.
   */
  boolean wantHandedOn(OwnTicket ticket) {
    Waiter first = waiters.first();
    return first != null && !first.onlyIfFree && ticket.fits(first);
  }

  /** Whether nobody waits but tries for their answers. */
  boolean onlyTries() {
    // A try comes behind nobody but tries.
    Waiter first = waiters.first();
    Waiter last = waiters.last();
    return first == null || last == null || (first.onlyIfFree && last.onlyIfFree);
  }

  /** Whatever becomes of them, they are not impatient any more. */
  void standInLine() {
    for (Waiter waiter : waiters.all()) {
      waiter.stoodInLine = true;
    }
  }

  void refuseTries() {
    for (Waiter waiter : waiters.all()) {
      if (waiter.onlyIfFree) {
        end(waiter, WaitEnd.BUSY);
      }
    }
  }

  /**
   * The tries that this ticket was asked for came to nothing. Those that came since ask anew.
   *
   * @param onlyKept whether they stand in line for a moment instead
   */
  void refuseTries(OwnTicket ticket, boolean onlyKept) {
    for (Waiter waiter : waiters.all()) {
      if (!waiter.onlyIfFree || !ticket.fits(waiter)) {
        continue;
      }
      if (onlyKept) {
        waiter.onlyIfFree = false;
        step.emit(new Effect.Later(Rules.RECALL_PATIENCE_NANOS, new Event.RecallDue(waiter)));
      } else {
        end(waiter, WaitEnd.BUSY);
      }
    }
  }

  /** Those who stood in line already go on until their own time-out. */
  void failImpatient(StoreException why) {
    boolean refused = why.kind() == StoreException.Kind.REFUSED;
    for (Waiter waiter : waiters.all()) {
      boolean waited = step.now() - waiter.startNanos >= step.rules.patienceNanos();
      if (refused || waiter.onlyIfFree || (waited && !waiter.stoodInLine)) {
        fail(waiter, Effect.Why.NOT_ACQUIRED, why);
      }
    }
  }

  /** The client is closed. */
  void failAll() {
    for (Waiter waiter : waiters.all()) {
      fail(waiter, Effect.Why.CLIENT_CLOSED, null);
    }
  }

  // ---- decisions, each of them final

  void grant(Waiter waiter, OwnTicket ticket) {
    decide(waiter);
    ticket.granted().hold(waiter.holding);
    step.emit(new Effect.Grant(waiter, ticket.session(), waited(waiter)));
  }

  void end(Waiter waiter, WaitEnd how) {
    decide(waiter);
    step.emit(new Effect.End(waiter, how, waited(waiter)));
  }

  void fail(Waiter waiter, Effect.Why why, @Nullable StoreException cause) {
    decide(waiter);
    step.emit(new Effect.Fail(waiter, why, cause, waited(waiter)));
  }

  private void decide(Waiter waiter) {
    waiters.remove(waiter);
    waiter.decided = true;
  }

  private long waited(Waiter waiter) {
    return step.now() - waiter.startNanos;
  }
}
