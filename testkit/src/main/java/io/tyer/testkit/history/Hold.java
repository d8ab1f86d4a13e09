package io.tyer.testkit.history;

import java.util.ArrayList;
import java.util.List;

/**
 * A lease, and how long its holder is proved to have believed in it.
 *
 * @param lease was granted
 * @param until the end of that time; its begin is when acquire returned
 */
record Hold(Acquisition lease, long until) {

  static Hold of(Acquisition lease, ProcessLife life, Rules rules) {
    return new Hold(lease, until(lease, life, rules.unwritten().toNanos()));
  }

  /**
   * Validity is computed from the clock: who was told at an instant that the lease is valid for so
   * long may believe it for so long, even while its process is paused; unless it hears otherwise.
   */
  private static long until(Acquisition lease, ProcessLife life, long unwritten) {
    long proved = lease.granted();
    long denied = Acquisition.NEVER;
    List<Event> events = lease.events();
    for (int i = events.size() - 1; i >= 0; i--) {
      Event event = events.get(i);
      if (Acquisition.denies(event)) {
        denied = event.at();
      } else if (event.what() == What.VALID) {
        long end = Math.min(plus(event.at(), event.validFor()), denied);
        if (life.killed() != Acquisition.NEVER) {
          end = Math.min(end, Math.max(event.at(), life.lastRan() - unwritten));
        }
        proved = Math.max(proved, end);
      }
    }
    if (lease.lostByForce()) {
      proved = Math.min(proved, lease.lastProof());
    }
    proved = Math.min(proved, Math.min(lease.released(), life.killed()));
    return Math.max(proved, lease.granted());
  }

  static long plus(long instant, long duration) {
    long sum = instant + duration;
    return sum < instant ? Acquisition.NEVER : sum;
  }

  /** Whether nothing proves that it was held at all. */
  boolean empty() {
    return until == lease.granted();
  }

  /**
   * The end of the part in which it is proved and exclusive; not empty if the hold is not: no clock
   * is fine enough for a downgrade at the instant of the grant.
   */
  long exclusiveUntil() {
    return Math.min(until, Math.max(lease.downgraded(), lease.granted() + 1));
  }

  /** None, one, or two if it was downgraded. */
  List<Core> cores() {
    List<Core> cores = new ArrayList<>(2);
    if (!lease.exclusive()) {
      add(cores, lease.granted(), until, lease.weight(), lease.capacity());
    } else {
      long middle = exclusiveUntil();
      add(cores, lease.granted(), middle, 0, 0);
      add(cores, middle, until, 1, Integer.MAX_VALUE);
    }
    return cores;
  }

  private void add(List<Core> cores, long from, long to, int weight, int capacity) {
    if (from < to) {
      cores.add(new Core(this, from, to, weight, capacity));
    }
  }
}
