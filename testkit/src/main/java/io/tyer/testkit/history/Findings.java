package io.tyer.testkit.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Gathers violations. */
final class Findings {

  private final Rules rules;
  private final Words words;
  private final List<Violation> found = new ArrayList<>();
  private final Map<Violation.Kind, Integer> counts = new EnumMap<>(Violation.Kind.class);

  Findings(Rules rules, Words words) {
    this.rules = rules;
    this.words = words;
  }

  Rules rules() {
    return rules;
  }

  /** About these leases of one name; the text tells what is wrong about them. */
  void about(Violation.Kind kind, List<Hold> holds, Function<Words, String> text) {
    long from = Acquisition.NEVER;
    long to = Long.MIN_VALUE;
    List<Violation.LeaseId> leases = new ArrayList<>();
    StringBuilder details = new StringBuilder();
    for (Hold hold : holds) {
      leases.add(hold.lease().id());
      from = Math.min(from, hold.lease().called());
      to = Math.max(to, hold.until());
      details.append('\n').append(words.lease(hold));
    }
    add(kind, holds.get(0).lease().name(), from, to, leases, text.apply(words) + details);
  }

  /** About a time. */
  void about(Violation.Kind kind, String name, long from, long to, Function<Words, String> text) {
    add(kind, name, from, to, List.of(), text.apply(words));
  }

  private void add(
      Violation.Kind kind,
      String name,
      long from,
      long to,
      List<Violation.LeaseId> leases,
      String text) {
    if (rules.kinds().contains(kind) && counts.merge(kind, 1, Integer::sum) <= rules.limit()) {
      String lock = name.isEmpty() ? "" : "Lock \"" + name + "\": ";
      found.add(
          new Violation(kind, name, from, to, leases, lock + text + '\n' + words.faults(from, to)));
    }
  }

  /** Those that are explained, by time. */
  List<Violation> violations() {
    List<Violation> sorted = new ArrayList<>(found);
    sorted.sort(Comparator.comparingLong(Violation::from).thenComparing(Violation::kind));
    return sorted;
  }

  int unexplained() {
    return counts.values().stream().mapToInt(Integer::intValue).sum() - found.size();
  }
}
