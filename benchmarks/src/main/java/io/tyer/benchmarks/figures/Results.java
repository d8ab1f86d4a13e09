package io.tyer.benchmarks.figures;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/** What all runs found, by round. */
final class Results {

  /**
   * A figure over the rounds.
   *
   * @param median the middle one
   * @param min the least
   * @param max the largest
   */
  record Spread(double median, double min, double max) {}

  private final Map<Run, Map<Integer, Map<String, Double>>> found = new LinkedHashMap<>();

  void add(int round, Run run, Map<String, Double> figures) {
    found.computeIfAbsent(run, unused -> new LinkedHashMap<>()).put(round, figures);
  }

  /** What was measured, in the order in which it first was. */
  Set<Run> runs() {
    return found.keySet();
  }

  /** By round, then by key. */
  Map<Integer, Map<String, Double>> rounds(Run run) {
    return found.getOrDefault(run, Map.of());
  }

  Spread spread(Run run, Figure figure) {
    double[] values =
        rounds(run).values().stream()
            .mapToDouble(one -> one.getOrDefault(figure.key(), Double.NaN))
            .toArray();
    return new Spread(Stats.median(values), Stats.min(values), Stats.max(values));
  }

  /** The median over the rounds of the first figure by the other's in the same round. */
  OptionalDouble ratio(Run run, Run floor) {
    List<Double> ratios = new ArrayList<>();
    String key = run.row().figures().get(0).key();
    String floorKey = floor.row().figures().get(0).key();
    rounds(run)
        .forEach(
            (round, figures) -> {
              Double below = rounds(floor).getOrDefault(round, Map.of()).get(floorKey);
              Double above = figures.get(key);
              if (below != null && above != null && below != 0) {
                ratios.add(above / below);
              }
            });
    return ratios.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(
            Stats.median(ratios.stream().mapToDouble(Double::doubleValue).toArray()));
  }

  /** How many violations of exclusion or order were seen in all. */
  long violations() {
    return Math.round(
        found.values().stream()
            .flatMap(rounds -> rounds.values().stream())
            .mapToDouble(figures -> figures.getOrDefault(ContendedRow.VIOLATIONS, 0.0))
            .sum());
  }
}
