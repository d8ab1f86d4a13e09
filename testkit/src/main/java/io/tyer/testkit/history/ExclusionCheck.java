package io.tyer.testkit.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** S1: cores that conflict do not overlap. */
final class ExclusionCheck {

  private ExclusionCheck() {}

  /** All cores of one name. */
  static void check(List<Core> cores, Findings findings) {
    List<Core> sorted = new ArrayList<>(cores);
    sorted.sort(Comparator.comparingLong(Core::from));
    PriorityQueue<Core> held = new PriorityQueue<>(Comparator.comparingLong(Core::to));
    Load load = new Load();
    for (Core core : sorted) {
      for (Core first = held.peek(); first != null && first.to() <= core.from(); ) {
        load.remove(held.remove());
        first = held.peek();
      }
      if (!load.fits(core.weight(), core.capacity())) {
        report(core, held, findings);
      }
      held.add(core);
      load.add(core);
    }
  }

  private static void report(Core core, PriorityQueue<Core> held, Findings findings) {
    List<Hold> holds = new ArrayList<>();
    long until = core.to();
    for (Core other : held) {
      if (core.exclusive() || other.exclusive()) {
        // One that conflicts is enough, and the one that lasts longest shows most.
        if (holds.isEmpty() || other.to() > until) {
          holds.clear();
          holds.add(other.hold());
          until = other.to();
        }
      }
    }
    boolean conflict = !holds.isEmpty();
    if (!conflict) {
      until = core.to();
      for (Core other : held) {
        holds.add(other.hold());
        until = Math.min(until, other.to());
      }
    }
    holds.add(core.hold());
    long end = Math.min(until, core.to());
    findings.about(
        Violation.Kind.EXCLUSION,
        holds,
        words ->
            (conflict
                    ? "two conflicting leases were valid at the same time"
                    : "more was held than there is")
                + ", from "
                + words.at(core.from())
                + " to "
                + words.at(end)
                + " at least.");
  }
}
