package io.tyer.servers.tyer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** When whoever held a lock believed to, by the one clock of this JVM. */
final class Holds {

  /**
   * One of them.
   *
   * @param from when its client used it first
   * @param until when its client gave it back, or knew it to be over
   */
  record Hold(long token, long from, long until) {}

  private final Map<String, ConcurrentLinkedQueue<Hold>> all = new ConcurrentHashMap<>();

  void add(String name, Hold hold) {
    all.computeIfAbsent(name, unused -> new ConcurrentLinkedQueue<>()).add(hold);
  }

  int count() {
    return all.values().stream().mapToInt(ConcurrentLinkedQueue::size).sum();
  }

  /** Two that overlap, or of which the later one has no greater token: S1 and S2. */
  List<String> violations() {
    List<String> found = new ArrayList<>();
    all.forEach(
        (name, holds) -> {
          Hold last = null;
          for (Hold hold : holds.stream().sorted(Comparator.comparingLong(Hold::from)).toList()) {
            if (last != null && (hold.from() < last.until() || hold.token() <= last.token())) {
              found.add(name + ": " + last + " and " + hold);
            }
            last = hold;
          }
        });
    return found;
  }
}
