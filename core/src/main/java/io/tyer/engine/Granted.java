package io.tyer.engine;

import io.tyer.LossCause;
import io.tyer.spi.TicketState;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What a granted ticket is used for: the leases under it, and how long it goes round here. */
final class Granted {

  private final Asked asked;
  private final long number;
  private final List<Holding> holders = new ArrayList<>(1);
  private final Batons batons = new Batons();

  /** How many tickets stood behind when that was last heard, -1 if unknown. */
  private int behind;

  /** Whether a lease has been given under it. */
  private boolean served;

  /** Whether no further lease may be given under it: an operator wants it back. */
  private boolean withdrawn;

  Granted(Asked asked, long number, int behind, boolean revoked, long now) {
    this.asked = asked;
    this.number = number;
    this.behind = behind;
    this.withdrawn = revoked;
    batons.begin(now);
  }

  // ---- leases

  /** Somebody is given a lease under it. */
  void hold(Holding holding) {
    holding.under = asked.request();
    holders.add(holding);
    served = true;
  }

  /** Whether there was such a lease. */
  boolean release(Holding holding) {
    return holders.remove(holding);
  }

  boolean holds(Holding holding) {
    return holders.contains(holding);
  }

  /** The leases that are neither closed nor lost. */
  List<Holding> open() {
    return holders.stream().filter(Holding::open).toList();
  }

  /** How many leases there are. */
  int held() {
    return holders.size();
  }

  boolean unused() {
    return holders.isEmpty();
  }

  /** The first of the leases. */
  Holding holder() {
    return holders.get(0);
  }

  /** Whether this thread holds a lease here that a conflicting caller would wait for. */
  boolean heldBy(Thread thread) {
    for (Holding holding : holders) {
      if (holding.thread() == thread) {
        return true;
      }
    }
    return false;
  }

  // ---- going round

  /** Whether it may still be handed on or joined without asking the store (promise S4). */
  boolean mayHandOn(Step step) {
    return !withdrawn && batons.mayHandOn(step);
  }

  Batons batons() {
    return batons;
  }

  boolean served() {
    return served;
  }

  boolean withdrawn() {
    return withdrawn;
  }

  int behind() {
    return behind;
  }

  /** All who queue here when nobody stands behind the ticket; else as many as batons allow. */
  int sharers(boolean writerWaits, Rules rules) {
    return behind == 0 && !writerWaits ? Rules.MOST_LEASES : 1 + rules.batons();
  }

  /** The next fencing token under this ticket (promise S2), if it is certainly still held. */
  void drawToken(Holding holding, Step step) {
    if (holders.contains(holding) && step.proved(asked.session())) {
      long token = (number << Rules.TOKEN_BITS) | batons.drawToken();
      step.emit(new Effect.Token(holding, token));
    }
  }

  /** The ticket is to become a shared one. */
  void weaken(boolean exclusive, CompletableFuture<TicketState> asker, Step step) {
    if (exclusive) {
      // From now on it may be shared, whatever the answer and even without one: no baton under it.
      batons.exhaust(step.rules);
      step.emit(new Effect.Weaken(asked.session(), asked.request(), number, asker));
    } else {
      step.emit(new Effect.Weakened(asker, new TicketState.Granted(number, false, 0)));
    }
  }

  // ---- losing

  /** The store says how it stands: one that an operator wants back is told of to its holders. */
  void seen(int nowBehind, boolean revoked, Step step) {
    behind = nowBehind;
    if (revoked && !withdrawn) {
      withdrawn = true;
      for (Holding holding : holders) {
        endAfterMargin(holding, LossCause.REVOKED, step);
      }
    }
  }

  /** A lease has come to an end of its own. */
  void expire(Holding holding, LossCause cause, Step step) {
    if (holders.contains(holding)) {
      endAfterMargin(holding, cause, step);
    }
  }

  /** The holder is told, and has the margin to stop. */
  private static void endAfterMargin(Holding holding, LossCause cause, Step step) {
    step.emit(new Effect.Lose(holding, cause));
    step.emit(new Effect.Later(step.rules.marginNanos(), new Event.Release(holding)));
  }

  /** The ticket is gone. */
  void loseAll(LossCause cause, Step step) {
    for (Holding holding : holders) {
      step.emit(new Effect.Lose(holding, cause));
    }
  }
}
