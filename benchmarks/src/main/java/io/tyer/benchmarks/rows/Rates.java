package io.tyer.benchmarks.rows;

import io.tyer.benchmarks.play.Board;
import io.tyer.benchmarks.play.Board.Word;
import java.util.LinkedHashMap;
import java.util.Map;

/** What threads did in a time. */
public final class Rates {

  private final double[] perSecond;

  public Rates(double... perSecond) {
    this.perSecond = perSecond;
  }

  /**
   * As the threads have reported it. All count over the same time: with more threads than cores,
   * each would look fast over the time it ran.
   */
  static Rates on(Board board, int threads) {
    double seconds = board.get(Word.MEASURED) / 1e9;
    double[] rates = new double[threads];
    for (int i = 0; i < threads; i++) {
      rates[i] = board.count(i) / seconds;
    }
    return new Rates(rates);
  }

  public double sum() {
    double sum = 0;
    for (double rate : perSecond) {
      sum += rate;
    }
    return sum;
  }

  /** The slowest thread's rate by the fastest's: 1 is fair, 0 is starvation. */
  public double fairness() {
    double slowest = Double.POSITIVE_INFINITY;
    double fastest = 0;
    for (double rate : perSecond) {
      slowest = Math.min(slowest, rate);
      fastest = Math.max(fastest, rate);
    }
    return fastest == 0 ? 0 : slowest / fastest;
  }

  /** The rate of each thread, under a name of its own. */
  Map<String, Double> byThread() {
    Map<String, Double> rates = new LinkedHashMap<>();
    for (int i = 0; i < perSecond.length; i++) {
      rates.put("thread_" + i + "_per_s", perSecond[i]);
    }
    return rates;
  }
}
