package io.tyer.testkit.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Where instants are drawn.
 *
 * @param start what instants are told from
 * @param from the first that is drawn
 * @param to the last
 */
record Scale(long start, long from, long to) {

  static final double LEFT = 210;
  static final double WIDTH = 970;

  boolean shows(long first, long last) {
    return first <= to && last >= from;
  }

  double x(long instant) {
    long inside = Math.max(from, Math.min(to, instant));
    return LEFT + WIDTH * (inside - from) / (to - from);
  }

  /** The time that a pixel stands for; at least a nanosecond. */
  long pixel() {
    return Math.max(1, (long) ((to - from) / WIDTH));
  }

  /** Round instants, five to twelve of them where time is long enough. */
  List<Long> ticks() {
    long step = 1;
    int[] factors = {2, 5, 10};
    long unit = 1;
    for (int i = 0; (to - from) / step > 10; i++) {
      step = unit * factors[i % 3];
      if (i % 3 == 2) {
        unit *= 10;
      }
    }
    List<Long> ticks = new ArrayList<>();
    long first = Math.floorDiv(from - start + step - 1, step) * step + start;
    for (long tick = first; tick <= to; tick += step) {
      ticks.add(tick);
    }
    return ticks;
  }

  /** The instant in words, as exact as the ticks are. */
  String label(long instant) {
    long span = to - from;
    int digits = 0;
    for (long unit = 1_000_000_000L; digits < 9 && unit > span / 10; unit /= 10) {
      digits++;
    }
    return String.format(Locale.ROOT, "+%." + digits + "f s", (instant - start) / 1e9);
  }
}
