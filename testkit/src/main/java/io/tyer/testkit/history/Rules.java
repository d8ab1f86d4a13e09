package io.tyer.testkit.history;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a history is held to.
 *
 * @param kinds the kinds of violation that are looked for
 * @param slack {@link Violation.Kind#TOLD}: how long after a conflicting grant a loss may still be
 *     told; for machines so busy that a started thread does not run at once
 * @param unwritten how long before the death of a process a loss may have gone unwritten: so long
 *     before its death, nothing but a {@link What#VALID} of that time proves a lease
 * @param limit how many violations are explained; the others are counted
 */
public record Rules(Set<Violation.Kind> kinds, Duration slack, Duration unwritten, int limit) {

  /** Checks the values. */
  public Rules {
    kinds = Set.copyOf(kinds);
    if (slack.isNegative() || unwritten.isNegative() || limit < 1) {
      throw new IllegalArgumentException("slack, unwritten or limit is too small");
    }
  }

  /** Everything, without slack. */
  public static Rules all() {
    return new Rules(
        EnumSet.allOf(Violation.Kind.class), Duration.ZERO, Duration.ofMillis(100), 50);
  }

  /** The same with another slack. */
  public Rules withSlack(Duration slack) {
    return new Rules(kinds, slack, unwritten, limit);
  }

  /** The same with another time before the death of a process. */
  public Rules withUnwritten(Duration unwritten) {
    return new Rules(kinds, slack, unwritten, limit);
  }

  /** The same without these: for a store that does not promise them under the faults at hand. */
  public Rules without(Set<Violation.Kind> others) {
    Set<Violation.Kind> left = EnumSet.noneOf(Violation.Kind.class);
    left.addAll(kinds);
    left.removeAll(others);
    return new Rules(left, slack, unwritten, limit);
  }
}
