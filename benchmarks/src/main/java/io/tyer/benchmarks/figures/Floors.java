package io.tyer.benchmarks.figures;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What each store is measured beside: the least that any lock of its kind could cost, from the same
 * machine in the same minutes.
 */
final class Floors {

  private static final String REENTRANT = "reentrant";
  private static final String CLOCKED = "clocked";
  private static final String FAIR = "fair";

  /** By scheme and by what a row is about: the schemes of the floors. */
  private static final Map<String, Map<Row.Kind, List<String>>> TABLE =
      Map.of(
          "memory",
          Map.of(
              Row.Kind.PAIRS, List.of(REENTRANT),
              Row.Kind.CONTENDED, List.of(FAIR),
              Row.Kind.WAKE_UP, List.of(FAIR)),
          "file",
          Map.of(
              Row.Kind.PAIRS, List.of("hard-link", "try-lock"),
              Row.Kind.CONTENDED, List.of(FAIR, "mapped"),
              Row.Kind.WAKE_UP, List.of("watched")));

  private Floors() {}

  /** The floors beside which this subject's row stands. */
  static List<Run> of(Row row, Address subject) {
    List<Run> floors = new ArrayList<>();
    if (row.kind() == Row.Kind.RECALL) {
      floors.add(new Run(row, Rows.WAKE_UP, subject.unbiased()));
      return floors;
    }
    if (subject.biased() && row.kind() == Row.Kind.PAIRS) {
      floors.add(new Run(row, row, new Address(REENTRANT, "floor", "")));
      floors.add(new Run(row, row, new Address(CLOCKED, "floor", "")));
    }
    for (String scheme :
        TABLE.getOrDefault(subject.scheme(), Map.of()).getOrDefault(row.kind(), List.of())) {
      boolean inDirectory = Places.isDirectory(new Address(scheme, "", ""));
      Address floor = new Address(scheme, inDirectory ? subject.location() : "floor", "");
      Run run = new Run(row, row, floor);
      if (!floors.contains(run)) {
        floors.add(run);
      }
    }
    return floors;
  }
}
