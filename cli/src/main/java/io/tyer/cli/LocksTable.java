package io.tyer.cli;

import io.tyer.LockView;
import io.tyer.LockView.Place;
import io.tyer.command.Printable;
import java.util.ArrayList;
import java.util.List;

/** A listing for people: a row for each place, columns aligned. */
final class LocksTable {

  private static final List<String> HEADER =
      List.of("NAME", "STATE", "FOR", "KIND", "TOKEN", "OWNER");
  private static final String BOLD = "\u001b[1m";
  private static final String PLAIN = "\u001b[0m";

  private LocksTable() {}

  static String text(List<LockView> locks, Ages ages, boolean inColour) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEADER);
    for (LockView lock : locks) {
      for (Place place : lock.line()) {
        rows.add(row(lock.name(), place, ages));
      }
      if (lock.omitted() > 0) {
        rows.add(List.of(Printable.text(lock.name()), "and " + lock.omitted() + " more"));
      }
    }
    int[] widths = widths(rows);
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      boolean bold = inColour && row == HEADER;
      text.append(bold ? BOLD : "");
      append(text, row, widths);
      text.append(bold ? PLAIN : "").append('\n');
    }
    return text.toString();
  }

  private static List<String> row(String name, Place place, Ages ages) {
    return List.of(
        Printable.text(name),
        state(place),
        ages.since(place.since()),
        kind(place),
        Long.toString(place.token()),
        Printable.text(place.owner()));
  }

  private static String state(Place place) {
    String held = place.biased() ? "held or kept" : "held";
    String state = place.granted() ? held : "waiting";
    return place.revoked() ? state + ", revoked" : state;
  }

  private static String kind(Place place) {
    if (place.exclusive()) {
      return "exclusive";
    }
    return place.capacity() == 0 ? "shared" : place.permits() + "/" + place.capacity();
  }

  private static int[] widths(List<List<String>> rows) {
    int[] widths = new int[HEADER.size()];
    for (List<String> row : rows) {
      for (int i = 0; i < row.size(); i++) {
        widths[i] = Math.max(widths[i], Printable.columns(row.get(i)));
      }
    }
    return widths;
  }

  private static void append(StringBuilder text, List<String> row, int[] widths) {
    for (int i = 0; i < row.size(); i++) {
      text.append(row.get(i));
      if (i < row.size() - 1) {
        text.append(" ".repeat(widths[i] - Printable.columns(row.get(i)) + 2));
      }
    }
  }
}
