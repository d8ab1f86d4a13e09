package io.tyer.testkit.history;

import java.util.Map;
import java.util.TreeMap;

/**
 * Leases that are held together, and what fits beside them.
 *
 * <p>Who enters must fit, by its own capacity, beside those ahead. So shared leases may be held
 * together if they can have come in some order in which each fits beside those before it; and that
 * is so if, for each capacity, those of at most that capacity weigh at most as much.
 */
final class Load {

  private int exclusive;
  private final TreeMap<Integer, Long> weights = new TreeMap<>();

  void add(Core core) {
    change(core, 1);
  }

  void remove(Core core) {
    change(core, -1);
  }

  private void change(Core core, int sign) {
    if (core.exclusive()) {
      exclusive += sign;
    } else {
      long weight = weights.getOrDefault(core.capacity(), 0L) + (long) sign * core.weight();
      if (weight == 0) {
        weights.remove(core.capacity());
      } else {
        weights.put(core.capacity(), weight);
      }
    }
  }

  /** Whether this may be held beside all of them. */
  boolean fits(int weight, int capacity) {
    if (weight == 0) {
      return exclusive == 0 && weights.isEmpty();
    }
    if (exclusive > 0) {
      return false;
    }
    long sum = weight;
    for (long smaller : weights.headMap(capacity, true).values()) {
      sum += smaller;
    }
    if (sum > capacity) {
      return false;
    }
    for (Map.Entry<Integer, Long> larger : weights.tailMap(capacity, false).entrySet()) {
      sum += larger.getValue();
      if (sum > larger.getKey()) {
        return false;
      }
    }
    return true;
  }
}
