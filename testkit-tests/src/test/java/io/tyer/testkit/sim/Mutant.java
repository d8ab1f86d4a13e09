package io.tyer.testkit.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A mistake that somebody could make: text of the sources of {@code core} replaced by other text.
 *
 * @param name what is wrong with it
 * @param promises which promises it may be seen to break
 * @param edits what is replaced
 */
record Mutant(String name, Set<String> promises, List<Edit> edits) {

  /**
   * A replacement in one file.
   *
   * @param file below {@code io/tyer}, without {@code .java}
   * @param original must stand there exactly once
   */
  record Edit(String file, String original, String mutated) {}

  static Mutant breaking(String promises, String name) {
    return new Mutant(name, Set.of(promises.split(" ")), List.of());
  }

  Mutant in(String file, String original, String mutated) {
    List<Edit> all = new ArrayList<>(edits);
    all.add(new Edit(file, original, mutated));
    return new Mutant(name, promises, List.copyOf(all));
  }

  @Override
  public String toString() {
    return name;
  }
}
