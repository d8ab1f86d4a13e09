package io.tyer.engine;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The local callers of one mode, first come, first served. Linked through the callers, so that
 * nothing is made for the usual single caller and anyone leaves in no time.
 */
final class WaitQueue {

  private @Nullable Waiter first;
  private @Nullable Waiter last;

  boolean isEmpty() {
    return first == null;
  }

  /** Who came first; null if there is nobody. */
  @Nullable Waiter first() {
    return first;
  }

  /** Who came last; null if there is nobody. */
  @Nullable Waiter last() {
    return last;
  }

  /** Adds one that is in no list, at the end. */
  void add(Waiter waiter) {
    waiter.queued = true;
    waiter.ahead = last;
    if (last == null) {
      first = waiter;
    } else {
      last.behind = waiter;
    }
    last = waiter;
  }

  /** Removes one, if it is there. */
  void remove(Waiter waiter) {
    if (!waiter.queued) {
      return;
    }
    waiter.queued = false;
    Waiter ahead = waiter.ahead;
    Waiter behind = waiter.behind;
    waiter.ahead = null;
    waiter.behind = null;
    if (ahead == null) {
      first = behind;
    } else {
      ahead.behind = behind;
    }
    if (behind == null) {
      last = ahead;
    } else {
      behind.ahead = ahead;
    }
  }

  /** All of them in order, in a list of the caller's own. */
  List<Waiter> all() {
    List<Waiter> all = new ArrayList<>();
    for (Waiter waiter = first; waiter != null; waiter = waiter.behind) {
      all.add(waiter);
    }
    return all;
  }
}
