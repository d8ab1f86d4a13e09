package io.tyer.testkit.history;

import java.util.List;

/**
 * What a check of a history found.
 *
 * @param violations what was wrong, explained; ordered by time
 * @param unexplained how many more there are
 * @param figures what the verdict rests on: a history that shows little proves little
 */
public record Verdict(List<Violation> violations, int unexplained, List<Figure> figures) {

  /** Copies the lists. */
  public Verdict {
    violations = List.copyOf(violations);
    figures = List.copyOf(figures);
  }

  /** Whether nothing was wrong. */
  public boolean passed() {
    return violations.isEmpty();
  }
}
