package io.tyer.server.state;

import io.tyer.line.LockName;
import java.util.List;
import java.util.Set;

/**
 * What came of an entry.
 *
 * @param outcomes of its commands, in their order
 * @param notices who is to be told of what, in the order in which it happened
 * @param changed whose lines are others than before, if that was wanted to be known; else empty
 */
public record Applied(List<Outcome> outcomes, List<Notice> notices, Set<LockName> changed) {

  /** Where nobody wanted to know whose lines are others. */
  public Applied(List<Outcome> outcomes, List<Notice> notices) {
    this(outcomes, notices, Set.of());
  }
}
