package io.tyer.testkit.history;

import io.tyer.drawing.Markup;
import io.tyer.drawing.Page;
import io.tyer.testkit.history.CheckOutcome.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.LongSummaryStatistics;

/**
 * A run as one HTML page that needs neither network nor scripts: the verdict, the figures, each
 * violation with a drawing of what surrounds it, the whole timeline, the faults, the checks, and
 * how to do it again.
 *
 * @param title what was run
 * @param events the history
 * @param verdict what its check found
 * @param figures what else was counted or measured
 * @param checks what else was checked
 * @param seed what all randomness came from
 * @param replay the command that does it again
 */
public record HistoryPage(
    String title,
    List<Event> events,
    Verdict verdict,
    List<Figure> figures,
    List<CheckOutcome> checks,
    long seed,
    String replay) {

  /** How many violations are drawn; all are told. */
  private static final int DRAWN = 10;

  private static final int FAULTS = 1000;

  private static final long CLOSER_NANOS = 4_000_000_000L;

  private static final String STYLE =
      """
      pre{white-space:pre-wrap;background:#7f7f7f1f;padding:.6rem;overflow-wrap:anywhere}
      .verdict{font-size:1.2rem;padding:.6rem;border-left:.5rem solid}
      .verdict.good{border-color:var(--good)}.verdict.bad{border-color:var(--bad)}
      .failed{color:var(--bad);font-weight:bold}.skipped{color:var(--soft)}.passed{color:var(--good)}
      """;

  /** Copies the lists. */
  public HistoryPage {
    events = List.copyOf(events);
    figures = List.copyOf(figures);
    checks = List.copyOf(checks);
  }

  /** The page. */
  public String html() {
    Timeline timeline = Timeline.of(events, verdict.violations());
    Markup page = new Markup();
    page.leaf("p", summary(), "class", good() ? "verdict good" : "verdict bad");
    again(page);
    figures(page);
    checks(page);
    violations(page, timeline);
    page.leaf("h2", "Timeline").raw(timeline.svg());
    closer(page, timeline);
    faults(page);
    return Page.of(title, STYLE, page);
  }

  private boolean good() {
    return verdict.passed() && count(Result.FAILED) == 0;
  }

  private long count(Result result) {
    return checks.stream().filter(check -> check.result() == result).count();
  }

  private String summary() {
    List<String> parts = new ArrayList<>();
    int violations = verdict.violations().size() + verdict.unexplained();
    if (violations == 0) {
      parts.add("No promise is seen broken in this history of " + events.size() + " events.");
    } else {
      parts.add(
          violations == 1 ? "1 violation was found." : violations + " violations were found.");
      verdict.violations().stream()
          .map(Violation::kind)
          .distinct()
          .sorted()
          .forEach(kind -> parts.add(kind.promise() + ": " + kind.summary() + "."));
    }
    parts.add(
        "Other checks: "
            + count(Result.PASSED)
            + " passed, "
            + count(Result.FAILED)
            + " failed, "
            + count(Result.SKIPPED)
            + " skipped.");
    return String.join(" ", parts);
  }

  private void again(Markup page) {
    page.leaf("h2", "Again").leaf("p", "Seed " + seed + "; the same again:").leaf("pre", replay);
  }

  private void figures(Markup page) {
    page.leaf("h2", "Figures").begin("table");
    head(page, "What", "How much");
    List<Figure> all = new ArrayList<>(figures);
    all.addAll(verdict.figures());
    for (Figure figure : all) {
      page.begin("tr").leaf("th", figure.name(), "scope", "row").leaf("td", figure.value()).end();
    }
    page.end();
  }

  private static void head(Markup page, String... columns) {
    page.begin("tr");
    for (String column : columns) {
      page.leaf("th", column, "scope", "col");
    }
    page.end();
  }

  private void checks(Markup page) {
    page.leaf("h2", "Checks");
    if (checks.isEmpty()) {
      page.leaf("p", "None but that of the history.");
      return;
    }
    page.begin("table");
    head(page, "Check", "Outcome", "Details");
    for (CheckOutcome check : checks) {
      String result = check.result().name().toLowerCase(Locale.ROOT);
      page.begin("tr").leaf("th", check.name(), "scope", "row");
      page.leaf("td", result, "class", result).leaf("td", check.details()).end();
    }
    page.end();
  }

  private void violations(Markup page, Timeline timeline) {
    page.leaf("h2", "Violations");
    if (verdict.passed()) {
      page.leaf("p", "None.");
    }
    int number = 0;
    for (Violation violation : verdict.violations()) {
      number++;
      Violation.Kind kind = violation.kind();
      page.leaf("h3", number + ". " + kind.promise() + ": " + kind.summary());
      page.leaf("pre", violation.text());
      if (number <= DRAWN) {
        page.raw(timeline.svg(violation));
      }
    }
    if (number > DRAWN) {
      page.leaf("p", "Only the first " + DRAWN + " are drawn.");
    }
    if (verdict.unexplained() > 0) {
      page.leaf("p", verdict.unexplained() + " more are not explained.");
    }
  }

  /** Where the whole is too long to see single leases, a few seconds from its middle. */
  private void closer(Markup page, Timeline timeline) {
    LongSummaryStatistics times = events.stream().mapToLong(Event::at).summaryStatistics();
    if (times.getCount() > 0 && times.getMax() - times.getMin() > 4 * CLOSER_NANOS) {
      long from = times.getMin() + (times.getMax() - times.getMin()) / 2;
      page.leaf("h3", "A closer look at its middle");
      page.raw(timeline.svg(from, from + CLOSER_NANOS));
    }
  }

  private void faults(Markup page) {
    page.leaf("h2", "Faults");
    List<Fault> faults = Fault.of(events);
    if (faults.isEmpty()) {
      page.leaf("p", "None.");
      return;
    }
    Words words = new Words(events.stream().mapToLong(Event::at).min().orElse(0), faults);
    page.begin("table");
    head(page, "Fault", "From", "To");
    for (Fault fault : faults.subList(0, Math.min(FAULTS, faults.size()))) {
      String to = fault.kind() == Fault.Kind.KILL ? "" : words.at(fault.to());
      page.begin("tr").leaf("th", fault.what(), "scope", "row");
      page.leaf("td", words.at(fault.from())).leaf("td", to).end();
    }
    page.end();
    if (faults.size() > FAULTS) {
      page.leaf("p", faults.size() - FAULTS + " more.");
    }
  }
}
