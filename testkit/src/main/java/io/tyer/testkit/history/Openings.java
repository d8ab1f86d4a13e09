package io.tyer.testkit.history;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;

/**
 * When a lease of some weight could have been granted, had it ended at once, beside the cores of
 * all others.
 */
final class Openings {

  /** Where cores begin or end. */
  private final long[] times;

  /** Whether it fits between each of these and the next. */
  private final boolean[] fitsAfter;

  /** The first of the times, from each on, at which it fits. */
  private final long[] next;

  Openings(List<Core> cores, int weight, int capacity) {
    times =
        cores.stream()
            .flatMapToLong(core -> LongStream.of(core.from(), core.to()))
            .sorted()
            .distinct()
            .toArray();
    Core[] begins = cores.toArray(Core[]::new);
    Core[] ends = begins.clone();
    Arrays.sort(
        begins, Comparator.comparingLong(Core::from).thenComparing(core -> !core.continues()));
    Arrays.sort(ends, Comparator.comparingLong(Core::to));
    boolean[] fitsAt = new boolean[times.length];
    fitsAfter = new boolean[times.length];
    next = new long[times.length + 1];
    Load load = new Load();
    int begun = 0;
    int ended = 0;
    for (int i = 0; i < times.length; i++) {
      while (ended < ends.length && ends[ended].to() == times[i]) {
        load.remove(ends[ended++]);
      }
      while (begun < begins.length && begins[begun].continuesAt(times[i])) {
        load.add(begins[begun++]);
      }
      // What ends now has ended, what begins now has not begun.
      fitsAt[i] = load.fits(weight, capacity);
      while (begun < begins.length && begins[begun].from() == times[i]) {
        load.add(begins[begun++]);
      }
      fitsAfter[i] = load.fits(weight, capacity);
    }
    next[times.length] = Acquisition.NEVER;
    for (int i = times.length - 1; i >= 0; i--) {
      next[i] = fitsAt[i] ? times[i] : next[i + 1];
    }
  }

  /** The first instant, from this one on, at which it fits. */
  long from(long instant) {
    int found = Arrays.binarySearch(times, instant);
    if (found >= 0) {
      return next[found];
    }
    int before = -found - 2;
    return before < 0 || fitsAfter[before] ? instant : next[before + 1];
  }
}
