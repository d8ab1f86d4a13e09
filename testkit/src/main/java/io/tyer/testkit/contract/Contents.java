package io.tyer.testkit.contract;

import java.util.List;
import java.util.Set;

/**
 * What is in a store, seen by other means than the code under test.
 *
 * @param names those of the names asked for that the store still keeps a line for
 * @param sessions how many sessions there are
 * @param litter whatever else only a living client has in the store, such as channels and
 *     unfinished files; in words
 */
public record Contents(Set<String> names, int sessions, List<String> litter) {

  /** Keeps copies. */
  public Contents {
    names = Set.copyOf(names);
    litter = List.copyOf(litter);
  }

  /** Whether there is nothing. */
  public boolean isEmpty() {
    return names.isEmpty() && sessions == 0 && litter.isEmpty();
  }
}
