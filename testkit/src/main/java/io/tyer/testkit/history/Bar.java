package io.tyer.testkit.history;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A time that is drawn.
 *
 * @param kind how
 * @param from its begin
 * @param to its end
 * @param title what it says when pointed at
 * @param violated whether it is part of a violation; then it is drawn for itself
 * @param count how many are drawn as this one
 */
record Bar(Kind kind, long from, long to, String title, boolean violated, int count) {

  enum Kind {
    WAITING("wait"),
    EXCLUSIVE("exclusive"),
    SHARED("shared"),
    /** Held by the user, but not proved to be valid. */
    UNPROVED("unproved");

    final String style;

    Kind(String style) {
      this.style = style;
    }
  }

  Bar(Kind kind, long from, long to, String title, boolean violated) {
    this(kind, from, to, title, violated, 1);
  }

  /**
   * The same with fewer bars: those that are less than a grain apart become one, if one of them is
   * shorter than a grain.
   */
  static List<Bar> merged(List<Bar> sorted, long grain) {
    List<Bar> merged = new ArrayList<>();
    Map<Kind, Integer> last = new EnumMap<>(Kind.class);
    for (Bar bar : sorted) {
      int index = last.getOrDefault(bar.kind, -1);
      Bar before = index < 0 ? null : merged.get(index);
      if (before != null && !bar.violated && before.fusesWith(bar, grain)) {
        merged.set(
            index,
            new Bar(
                bar.kind,
                before.from,
                Math.max(before.to, bar.to),
                before.title,
                false,
                before.count + bar.count));
      } else {
        if (!bar.violated) {
          last.put(bar.kind, merged.size());
        }
        merged.add(bar);
      }
    }
    return merged;
  }

  private boolean fusesWith(Bar next, long grain) {
    return next.from - to < grain && (to - from < grain || next.to - next.from < grain);
  }
}
