package io.tyer.testkit.server;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is in a store, seen by other means than the code under test.
 *
 * @param tickets how many tickets stand in each line that is kept, by the lock's name; an empty
 *     line that is kept counts, with 0
 * @param sessions how many sessions there are, dead ones that were not removed yet included
 * @param litter whatever else only a living client has in the store, such as channels and
 *     unfinished files; in words
 */
public record Contents(SortedMap<String, Integer> tickets, int sessions, List<String> litter) {

  /** Keeps copies. */
  public Contents {
    tickets = Collections.unmodifiableSortedMap(new TreeMap<>(tickets));
    litter = List.copyOf(litter);
  }

  /** Without litter. */
  public Contents(SortedMap<String, Integer> tickets, int sessions) {
    this(tickets, sessions, List.of());
  }

  /** How many tickets stand in the line of this name. */
  public int tickets(String name) {
    return tickets.getOrDefault(name, 0);
  }

  /** Whether nothing is left: no line, no session, nothing else. */
  public boolean isEmpty() {
    return tickets.isEmpty() && sessions == 0 && litter.isEmpty();
  }
}
