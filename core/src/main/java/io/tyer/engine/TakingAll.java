package io.tyer.engine;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to do next when several locks are taken one after the other: (state, event) → (state,
 * steps), and nothing else. The steps of an event are performed in order, before those of the next
 * one.
 */
final class TakingAll {

  /** What is to be done. */
  sealed interface Step {}

  /** Ask for the lock with this index; answered by {@link #granted}, ended or withdrawn. */
  record Take(int index) implements Step {}

  /** Withdraw what was asked for last; it may be answered as granted all the same. */
  record Withdraw() implements Step {}

  /** Give back so many of the first locks, the last one first. */
  record GiveBack(int count) implements Step {}

  /** All are held. */
  record Succeed() implements Step {}

  /** It has ended without; null if a lock was busy. */
  record End(@Nullable Throwable failure) implements Step {}

  private enum Wish {
    ALL,
    /** From the first one on, since one was lost meanwhile. */
    ANEW,
    /** Nobody wants them any more. */
    NONE
  }

  private final int count;
  private Wish wish = Wish.ALL;
  private int held;
  private int round;
  private boolean over;

  TakingAll(int count) {
    this.count = count;
  }

  /** Counts from the last time that it began anew; a loss is of the leases of a round. */
  int round() {
    return round;
  }

  List<Step> begin() {
    return List.of(new Take(0));
  }

  /** What was asked for last is held now. */
  List<Step> granted() {
    held++;
    if (wish != Wish.ALL) {
      return withdrawn();
    }
    if (held == count) {
      over = true;
      return List.of(new Succeed());
    }
    return List.of(new Take(held));
  }

  /** What was asked for last was not granted, for a reason of its own; null if it was busy. */
  List<Step> ended(@Nullable Throwable failure) {
    List<Step> steps = giveBack();
    over = true;
    if (wish != Wish.NONE) {
      steps.add(new End(failure));
    }
    return steps;
  }

  /** What was asked for last is withdrawn, as it was to be. */
  List<Step> withdrawn() {
    List<Step> steps = giveBack();
    if (wish == Wish.ANEW) {
      wish = Wish.ALL;
      round++;
      steps.add(new Take(0));
    } else {
      over = true;
    }
    return steps;
  }

  /** A lease of this round was lost. */
  List<Step> lost(int ofRound) {
    if (over || ofRound != round || wish != Wish.ALL) {
      return List.of();
    }
    wish = Wish.ANEW;
    return List.of(new Withdraw());
  }

  /** Nobody wants them any more. */
  List<Step> abandoned() {
    if (over || wish == Wish.NONE) {
      return List.of();
    }
    boolean asked = wish == Wish.ANEW;
    wish = Wish.NONE;
    return asked ? List.of() : List.of(new Withdraw());
  }

  private List<Step> giveBack() {
    List<Step> steps = new ArrayList<>();
    if (held > 0) {
      steps.add(new GiveBack(held));
    }
    held = 0;
    return steps;
  }
}
