package io.tyer.benchmarks.figures;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is run, in which order: in each round every row, and within a row each subject beside its
 * floors, so that whatever drifts drifts for both. Every other round goes backwards.
 *
 * @param rows what is measured
 * @param subjects of what
 * @param floors whether beside their floors
 */
record Plan(List<Row> rows, List<Address> subjects, boolean floors) {

  /** The runs of one round; rounds are numbered from 1. */
  List<Run> round(int round) {
    List<Run> runs = new ArrayList<>();
    for (Row row : rows) {
      List<Run> section = new ArrayList<>(section(row));
      if (round % 2 == 0) {
        Collections.reverse(section);
      }
      runs.addAll(section);
    }
    return runs;
  }

  private Set<Run> section(Row row) {
    Set<Run> runs = new LinkedHashSet<>();
    if (row.obstacle().isEmpty()) {
      for (Address address : subjects) {
        if (row.suits(address, Subjects.of(address))) {
          runs.add(new Run(row, row, address));
          if (floors) {
            runs.addAll(Floors.of(row, address));
          }
        }
      }
    }
    return runs;
  }

  /** What is not measured, with the reason. */
  Map<String, String> skipped() {
    Map<String, String> skipped = new LinkedHashMap<>();
    for (Row row : rows) {
      row.obstacle().ifPresent(why -> skipped.put(row.name(), why));
      for (Address address : subjects) {
        if (row.obstacle().isEmpty() && !row.suits(address, Subjects.of(address))) {
          skipped.put(row.name() + " of " + address, "does not apply");
        }
      }
    }
    return skipped;
  }
}
