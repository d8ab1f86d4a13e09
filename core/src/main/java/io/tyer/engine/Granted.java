package io.tyer.engine;

import io.tyer.LossCause;
import java.util.ArrayList;
import java.util.List;

/** What a granted ticket is used for: the leases under it, and how long it goes round here. */
final class Granted {

  private final long number;
  private final List<Holding> holders = new ArrayList<>(1);
  private final Batons batons = new Batons();

  /** How many tickets stood behind when that was last heard, -1 if unknown. */
  private int behind;

  /** Whether a lease has been given under it. */
  private boolean served;

  /** Whether no further lease may be given under it: an operator wants it back. */
  private boolean withdrawn;

  Granted(long number, int behind, boolean revoked, long now) {
    this.number = number;
    this.behind = behind;
    this.withdrawn = revoked;
    batons.begin(now);
  }

  // ---- leases

  /** Somebody is given a lease under it. */
  void hold(Holding holding) {
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

  /** The next fencing token under this ticket (promise S2). */
  long drawToken() {
    return (number << Rules.TOKEN_BITS) | batons.drawToken();
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

  /** A lease has reached its maximum. */
  void expire(Holding holding, Step step) {
    if (holders.contains(holding)) {
      endAfterMargin(holding, LossCause.MAX_HOLD, step);
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
