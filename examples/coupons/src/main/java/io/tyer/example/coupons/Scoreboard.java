package io.tyer.example.coupons;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The rounds in a table, and what was not as promised. */
final class Scoreboard {

  /** What the table's columns are called. */
  static final List<String> COLUMNS =
      List.of(
          "round", "stock", "sold", "oversold", "refused by fence", "longest stall", "promised");

  /** The cell of a round that did not come out as promised. */
  static final String NOT_PROMISED = "NO";

  private Scoreboard() {}

  /** The cells of a row. */
  static List<String> cells(RoundResult result) {
    return List.of(
        result.round().number() + " " + result.round().title(),
        Integer.toString(result.audit().stock()),
        Integer.toString(result.audit().sold()),
        Integer.toString(result.audit().oversold()),
        Integer.toString(result.count(EventKind.REFUSED)),
        Text.seconds(result.stall()),
        result.broken().isEmpty() ? "yes" : NOT_PROMISED);
  }

  /** The table, a line each. */
  static List<String> table(List<RoundResult> results) {
    List<String> lines = new ArrayList<>();
    lines.add(line(COLUMNS));
    results.forEach(result -> lines.add(line(cells(result))));
    return lines;
  }

  /** A line for each promise that was not kept. */
  static List<String> broken(List<RoundResult> results) {
    return results.stream()
        .flatMap(
            result ->
                result.broken().stream()
                    .map(what -> "round " + result.round().number() + ": " + what))
        .toList();
  }

  private static String line(List<String> cells) {
    return String.format(
            Locale.ROOT, "%-36s %6s %6s %9s %17s %14s %9s", cells.toArray(new Object[0]))
        .stripTrailing();
  }
}
