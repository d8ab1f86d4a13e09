package io.tyer.benchmarks.run;

import io.tyer.benchmarks.peers.Subjects;
import io.tyer.benchmarks.play.Address;
import io.tyer.benchmarks.play.Subject;
import io.tyer.benchmarks.rows.Row;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is run, in which order: in each round every row, and within a row each subject beside its
 * floors, so that whatever drifts drifts for both. Every other round goes backwards.
 *
 * @param rows what is measured
 * @param subjects of what
 * @param floors whether beside their floors
 */
public record Plan(List<Row> rows, List<Address> subjects, boolean floors) {

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
        if (skipped(row, address).isEmpty()) {
          runs.add(new Run(row, row, address));
          if (floors) {
            Floors.of(row, address).stream()
                .filter(floor -> Subjects.of(floor.subject()).obstacle().isEmpty())
                .forEach(runs::add);
          }
        }
      }
    }
    return runs;
  }

  /** What is not measured, with the reason. */
  public Map<String, String> skipped() {
    Map<String, String> skipped = new LinkedHashMap<>();
    for (Row row : rows) {
      row.obstacle().ifPresent(why -> skipped.put(row.name(), why));
      for (Address address : subjects) {
        if (row.obstacle().isEmpty()) {
          skipped(row, address).ifPresent(why -> skipped.put(row.name() + " of " + address, why));
          skipped.putAll(skippedBeside(row, address));
        }
      }
    }
    return skipped;
  }

  /** Why this subject is not measured; empty if it is. */
  private static Optional<String> skipped(Row row, Address address) {
    Subject subject = Subjects.of(address);
    return row.suits(address, subject) ? subject.obstacle() : Optional.of("does not apply");
  }

  /** What cannot stand beside this subject here, though it should. */
  private Map<String, String> skippedBeside(Row row, Address address) {
    Map<String, String> skipped = new LinkedHashMap<>();
    if (floors && skipped(row, address).isEmpty()) {
      for (Run floor : Floors.of(row, address)) {
        Subjects.of(floor.subject())
            .obstacle()
            .ifPresent(why -> skipped.put(row.name() + " of " + floor.subject().scheme(), why));
      }
    }
    return skipped;
  }
}
