package io.tyer.testkit.history;

import io.tyer.testkit.history.CheckOutcome.Result;
import java.util.ArrayList;
import java.util.List;
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
      body{font:16px/1.45 sans-serif;color:#111;background:#fff;max-width:78rem;margin:1rem auto;
      padding:0 1rem}
      h1,h2,h3{line-height:1.2}
      table{border-collapse:collapse}
      th,td{text-align:left;vertical-align:top;padding:.2rem .8rem .2rem 0;
      border-bottom:1px solid #ccc}
      pre{white-space:pre-wrap;background:#f4f4f4;padding:.6rem;overflow-wrap:anywhere}
      .verdict{font-size:1.2rem;padding:.6rem;border-left:.5rem solid}
      .good{border-color:#1b6e2c;background:#eef7ef}.bad{border-color:#b00000;background:#fbeeee}
      .failed{color:#b00000;font-weight:bold}.skipped{color:#6b4a00}.passed{color:#1b6e2c}
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
    page.raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    page.raw("<meta name=\"viewport\" content=\"width=device-width\">\n<title>").text(title);
    page.raw("</title>\n<style>").raw(STYLE).raw("</style>\n</head>\n<body>\n<main>\n<h1>");
    page.text(title).raw("</h1>\n<p class=\"verdict ").raw(good() ? "good" : "bad").raw("\">");
    page.text(summary()).raw("</p>\n");
    again(page);
    figures(page);
    checks(page);
    violations(page, timeline);
    page.raw("<h2>Timeline</h2>\n").raw(timeline.svg());
    closer(page, timeline);
    faults(page);
    return page.raw("</main>\n</body>\n</html>\n").toString();
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
    page.raw("<h2>Again</h2>\n<p>Seed ").text(Long.toString(seed)).raw("; the same again:</p>\n");
    page.raw("<pre>").text(replay).raw("</pre>\n");
  }

  private void figures(Markup page) {
    page.raw("<h2>Figures</h2>\n<table>\n<tr><th scope=\"col\">What</th>");
    page.raw("<th scope=\"col\">How much</th></tr>\n");
    List<Figure> all = new ArrayList<>(figures);
    all.addAll(verdict.figures());
    for (Figure figure : all) {
      page.raw("<tr><th scope=\"row\">").text(figure.name()).raw("</th><td>");
      page.text(figure.value()).raw("</td></tr>\n");
    }
    page.raw("</table>\n");
  }

  private void checks(Markup page) {
    page.raw("<h2>Checks</h2>\n");
    if (checks.isEmpty()) {
      page.raw("<p>None but that of the history.</p>\n");
      return;
    }
    page.raw("<table>\n<tr><th scope=\"col\">Check</th><th scope=\"col\">Outcome</th>");
    page.raw("<th scope=\"col\">Details</th></tr>\n");
    for (CheckOutcome check : checks) {
      String result =
          switch (check.result()) {
            case PASSED -> "passed";
            case FAILED -> "failed";
            case SKIPPED -> "skipped";
          };
      page.raw("<tr><th scope=\"row\">").text(check.name()).raw("</th><td class=\"").raw(result);
      page.raw("\">").raw(result).raw("</td><td>").text(check.details()).raw("</td></tr>\n");
    }
    page.raw("</table>\n");
  }

  private void violations(Markup page, Timeline timeline) {
    page.raw("<h2>Violations</h2>\n");
    if (verdict.passed()) {
      page.raw("<p>None.</p>\n");
    }
    int number = 0;
    for (Violation violation : verdict.violations()) {
      number++;
      page.raw("<h3>").text(number + ". " + violation.kind().promise() + ": ");
      page.text(violation.kind().summary()).raw("</h3>\n<pre>").text(violation.text());
      page.raw("</pre>\n");
      if (number <= DRAWN) {
        page.raw(timeline.svg(violation));
      }
    }
    if (number > DRAWN) {
      page.raw("<p>Only the first ").text(DRAWN + " are drawn.").raw("</p>\n");
    }
    if (verdict.unexplained() > 0) {
      page.raw("<p>").text(verdict.unexplained() + " more are not explained.").raw("</p>\n");
    }
  }

  /** Where the whole is too long to see single leases, a few seconds from its middle. */
  private void closer(Markup page, Timeline timeline) {
    LongSummaryStatistics times = events.stream().mapToLong(Event::at).summaryStatistics();
    if (times.getCount() > 0 && times.getMax() - times.getMin() > 4 * CLOSER_NANOS) {
      long from = times.getMin() + (times.getMax() - times.getMin()) / 2;
      page.raw("<h3>A closer look at its middle</h3>\n");
      page.raw(timeline.svg(from, from + CLOSER_NANOS));
    }
  }

  private void faults(Markup page) {
    page.raw("<h2>Faults</h2>\n");
    List<Fault> faults = Fault.of(events);
    if (faults.isEmpty()) {
      page.raw("<p>None.</p>\n");
      return;
    }
    Words words = new Words(events.stream().mapToLong(Event::at).min().orElse(0), faults);
    page.raw("<table>\n<tr><th scope=\"col\">Fault</th><th scope=\"col\">From</th>");
    page.raw("<th scope=\"col\">To</th></tr>\n");
    for (Fault fault : faults.subList(0, Math.min(FAULTS, faults.size()))) {
      page.raw("<tr><th scope=\"row\">").text(fault.what()).raw("</th><td>");
      page.text(words.at(fault.from())).raw("</td><td>");
      page.text(fault.kind() == Fault.Kind.KILL ? "" : words.at(fault.to()));
      page.raw("</td></tr>\n");
    }
    page.raw("</table>\n");
    if (faults.size() > FAULTS) {
      page.raw("<p>").text(faults.size() - FAULTS + " more.").raw("</p>\n");
    }
  }
}
