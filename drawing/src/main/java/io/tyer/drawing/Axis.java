package io.tyer.drawing;

import java.util.ArrayList;
import java.util.List;

/**
 * Where a value is drawn, from left to right.
 *
 * @param kind how values become places
 * @param from the value at its left end; above 0 on a logarithmic axis
 * @param to the value at its right end
 * @param left where it begins, in pixels
 * @param width how long it is, in pixels
 */
public record Axis(Kind kind, double from, double to, double left, double width) {

  /** How values become places. */
  public enum Kind {
    /** Twice the value is twice as far from zero. */
    LINEAR,
    /** Ten times the value is one step further, wherever it is. */
    LOGARITHMIC
  }

  private static final int MOST_TICKS = 8;

  /** From zero to the next round value from {@code most} on. */
  public static Axis linear(double most, double left, double width) {
    double step = step(most);
    return new Axis(Kind.LINEAR, 0, Math.max(1, Math.ceil(most / step)) * step, left, width);
  }

  /** From the power of ten below {@code least} to the one above {@code most}. */
  public static Axis logarithmic(double least, double most, double left, double width) {
    double from = Math.pow(10, Math.floor(Math.log10(least)));
    double to = Math.pow(10, Math.ceil(Math.log10(most)));
    return new Axis(Kind.LOGARITHMIC, from, Math.max(to, from * 10), left, width);
  }

  /** Where this value is; the ends hold what lies outside. */
  public double x(double value) {
    double inside = Math.max(from, Math.min(to, value));
    double part =
        kind == Kind.LINEAR
            ? (inside - from) / (to - from)
            : Math.log(inside / from) / Math.log(to / from);
    return left + width * part;
  }

  /** Round values, from one end to the other, at most ten of them. */
  public List<Double> ticks() {
    List<Double> ticks = new ArrayList<>();
    if (kind == Kind.LINEAR) {
      double step = step(to);
      for (int i = 0; i * step <= to * (1 + 1e-9); i++) {
        ticks.add(i * step);
      }
      return ticks;
    }
    int powers = (int) Math.round(Math.log10(to / from));
    int every = Math.max(1, (powers + MOST_TICKS - 1) / MOST_TICKS);
    for (int i = 0; i <= powers; i += every) {
      ticks.add(from * Math.pow(10, i));
    }
    return ticks;
  }

  /** 1, 2 or 5 times a power of ten, so that few of them reach this value. */
  private static double step(double most) {
    if (!(most > 0)) {
      return 1;
    }
    double power = Math.pow(10, Math.floor(Math.log10(most)));
    for (double factor : new double[] {0.2, 0.5, 1}) {
      if (most / (power * factor) <= MOST_TICKS) {
        return power * factor;
      }
    }
    return power * 2;
  }
}
