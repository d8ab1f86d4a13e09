package io.tyer.example.coupons;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The rounds in a table: what was expected, and what happened. */
final class Scoreboard {

  private static final String LINE = "%-49s  %-10s  %s";

  private Scoreboard() {}

  /** The table, a line each. */
  static List<String> table(List<RoundResult> results) {
    List<String> lines = new ArrayList<>();
    lines.add(String.format(Locale.ROOT, LINE, "round", "expected", "happened"));
    for (RoundResult result : results) {
      Round round = result.round();
      String name = round.number() + " " + round.title();
      String happened = result.happened() + (result.broken().isEmpty() ? "" : "  NOT AS EXPECTED");
      String expected = round.oversells() ? "too many" : "exactly " + result.audit().stock();
      lines.add(String.format(Locale.ROOT, LINE, name, expected, happened));
    }
    results.stream()
        .map(RoundResult::round)
        .filter(Round::oversells)
        .forEach(round -> lines.add("Round " + round.number() + " " + round.expected() + "."));
    return lines;
  }

  /** A line for each expectation that was not met. */
  static List<String> broken(List<RoundResult> results) {
    return results.stream()
        .flatMap(
            result ->
                result.broken().stream()
                    .map(what -> "round " + result.round().number() + ": " + what))
        .toList();
  }
}
