package io.tyer.benchmarks.rows;

import io.tyer.benchmarks.play.Stats;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The figures of how long something took, many times. */
public final class Wakes {

  public static final String P99 = "p99_us";

  public static final List<Figure> FIGURES =
      List.of(
          Figure.less("p50_us", "p50 µs"),
          Figure.less("p90_us", "p90 µs"),
          Figure.less(P99, "p99 µs"),
          Figure.less("max_us", "max µs"),
          Figure.neither("samples", "samples"));

  private Wakes() {}

  static Map<String, Double> figures(double... micros) {
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("p50_us", Stats.percentile(50, micros));
    figures.put("p90_us", Stats.percentile(90, micros));
    figures.put(P99, Stats.percentile(99, micros));
    figures.put("max_us", Stats.max(micros));
    figures.put("samples", (double) micros.length);
    return figures;
  }
}
