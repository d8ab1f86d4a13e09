package io.tyer.benchmarks.run;

import io.tyer.benchmarks.play.Stats;
import io.tyer.benchmarks.rows.ContendedRow;
import io.tyer.benchmarks.rows.Figure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/** What all runs found, by round. */
public final class Results {

  /**
   * A figure over the rounds.
   *
   * @param median the middle one
   * @param min the least
   * @param max the largest
   */
  public record Spread(double median, double min, double max) {}

  private final Map<Run, Map<Integer, Map<String, Double>>> found = new LinkedHashMap<>();

  public void add(int round, Run run, Map<String, Double> figures) {
    found.computeIfAbsent(run, unused -> new LinkedHashMap<>()).put(round, figures);
  }

  /** What was measured, in the order in which it first was. */
  public Set<Run> runs() {
    return found.keySet();
  }

  /** By round, then by key. */
  public Map<Integer, Map<String, Double>> rounds(Run run) {
    return found.getOrDefault(run, Map.of());
  }

  public Spread spread(Run run, Figure figure) {
    double[] values =
        rounds(run).values().stream()
            .mapToDouble(one -> one.getOrDefault(figure.key(), Double.NaN))
            .toArray();
    return new Spread(Stats.median(values), Stats.min(values), Stats.max(values));
  }

  /** Whether it was found in any round. */
  public boolean has(Run run, Figure figure) {
    return rounds(run).values().stream().anyMatch(one -> one.containsKey(figure.key()));
  }

  /** The median over the rounds of the first figure by the other's in the same round. */
  public OptionalDouble ratio(Run run, Run other) {
    return ratio(run, List.of(other));
  }

  /**
   * The same by the best of the others in the same round; rounds in which one is missing do not
   * count.
   */
  public OptionalDouble ratio(Run run, List<Run> others) {
    return ratio(run, others, run.row().figures().get(0));
  }

  /** The same of another figure, which all of them have. */
  public OptionalDouble ratio(Run run, List<Run> others, Figure figure) {
    double[] ratios = ratios(run, others, figure);
    return ratios.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(Stats.median(ratios));
  }

  /** The same, in each round. */
  public double[] ratios(Run run, List<Run> others) {
    return ratios(run, others, run.row().figures().get(0));
  }

  private double[] ratios(Run run, List<Run> others, Figure figure) {
    List<Double> ratios = new ArrayList<>();
    boolean first = figure.equals(run.row().figures().get(0));
    rounds(run)
        .forEach(
            (round, figures) -> {
              double best = best(round, others, figure, first);
              Double own = figures.get(figure.key());
              if (own != null && best > 0) {
                ratios.add(own / best);
              }
            });
    return ratios.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /**
   * Not a number if one is missing, or if there are none.
   *
   * @param first whether the first figure of each is meant, whatever it is
   */
  private double best(int round, List<Run> runs, Figure figure, boolean first) {
    double best = Double.NaN;
    for (Run run : runs) {
      String key = first ? run.row().figures().get(0).key() : figure.key();
      Double one = rounds(run).getOrDefault(round, Map.of()).get(key);
      if (one == null) {
        return Double.NaN;
      }
      boolean only = Double.isNaN(best);
      best =
          only
              ? one
              : figure.better() == Figure.Better.MORE ? Math.max(best, one) : Math.min(best, one);
    }
    return best;
  }

  /** How many violations of exclusion or order were seen, and how many updates lost, in all. */
  public long violations() {
    return Math.round(
        found.values().stream()
            .flatMap(rounds -> rounds.values().stream())
            .mapToDouble(figures -> figures.getOrDefault(ContendedRow.VIOLATIONS, 0.0))
            .sum());
  }
}
