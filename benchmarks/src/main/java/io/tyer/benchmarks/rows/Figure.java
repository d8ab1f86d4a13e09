package io.tyer.benchmarks.rows;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/**
 * One number that a row yields.
 *
 * @param key its name in the JSON report
 * @param label its name for people, with the unit
 * @param better which way is better
 * @param always whether the row yields it of every subject
 */
public record Figure(String key, String label, Better better, boolean always) {

  public enum Better {
    MORE("higher is better"),
    LESS("lower is better"),
    NEITHER("neither way is better");

    private final String words;

    Better(String words) {
      this.words = words;
    }

    /** For people. */
    public String words() {
      return words;
    }
  }

  public static Figure more(String key, String label) {
    return new Figure(key, label, Better.MORE, true);
  }

  public static Figure less(String key, String label) {
    return new Figure(key, label, Better.LESS, true);
  }

  static Figure neither(String key, String label) {
    return new Figure(key, label, Better.NEITHER, true);
  }

  /** The same, of those subjects only of which it can be told. */
  Figure ifKnown() {
    return new Figure(key, label, better, false);
  }

  /** A value as it is printed: whole, or with three digits that count. */
  public static String text(double value) {
    if (Math.abs(value) >= 100 || value == Math.rint(value)) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    return new BigDecimal(value).round(new MathContext(3)).toPlainString();
  }
}
