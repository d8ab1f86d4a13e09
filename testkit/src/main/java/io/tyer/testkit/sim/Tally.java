package io.tyer.testkit.sim;

import java.util.Map;
import java.util.TreeMap;

/** How often things happened: a simulation in which nothing goes wrong proves nothing. */
public final class Tally {

  private final Map<String, Long> counts = new TreeMap<>();

  /** An empty one. */
  public Tally() {}

  void count(String what) {
    add(what, 1);
  }

  void add(String what, long times) {
    counts.merge(what, times, Long::sum);
  }

  /** Adds all counts of another run. */
  public void addAll(Tally other) {
    other.counts.forEach(this::add);
  }

  /** How often that happened. */
  public long of(String what) {
    return counts.getOrDefault(what, 0L);
  }

  /** All counts, by name. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    counts.forEach((what, times) -> text.append(String.format("  %-34s %,12d%n", what, times)));
    return text.toString();
  }
}
