package io.tyer.testkit.server;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is in a store.
 *
 * @param tickets how many tickets stand in each line, by the lock's name; no empty lines
 * @param sessions how many sessions there are, dead ones that were not removed yet included
 */
public record Contents(SortedMap<String, Integer> tickets, int sessions) {

  /** Keeps a copy. */
  public Contents {
    tickets = Collections.unmodifiableSortedMap(new TreeMap<>(tickets));
  }

  /** How many tickets stand in the line of this name. */
  public int tickets(String name) {
    return tickets.getOrDefault(name, 0);
  }

  /** Whether nothing is left: no ticket and no session. */
  public boolean isEmpty() {
    return tickets.isEmpty() && sessions == 0;
  }
}
