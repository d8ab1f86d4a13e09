package io.tyer.server.http;

import java.util.HashMap;
import java.util.Map;

/** How many there are of something, in all and of each. For one thread. */
final class Share {

  private final int most;
  private final int mostOfOne;
  private final Map<String, Integer> counts = new HashMap<>();
  private int all;

  Share(int most, int mostOfOne) {
    this.most = most;
    this.mostOfOne = mostOfOne;
  }

  /** Takes one, if there may be one more. */
  boolean take(String whose) {
    int now = counts.getOrDefault(whose, 0);
    if (all >= most || now >= mostOfOne) {
      return false;
    }
    counts.put(whose, now + 1);
    all++;
    return true;
  }

  /** Gives back one that was taken. */
  void give(String whose) {
    counts.computeIfPresent(whose, (key, count) -> count == 1 ? null : count - 1);
    all--;
  }

  int count() {
    return all;
  }
}
