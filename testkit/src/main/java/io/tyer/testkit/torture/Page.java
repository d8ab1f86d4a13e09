package io.tyer.testkit.torture;

import io.tyer.testkit.history.CheckOutcome;
import io.tyer.testkit.history.Event;
import io.tyer.testkit.history.Figure;
import io.tyer.testkit.history.HistoryPage;
import io.tyer.testkit.history.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** The report of a run: one page, beside the histories it was made from. */
final class Page {

  private static final String NAME = "torture.html";

  private Page() {}

  static Path write(
      TorturePlan plan,
      List<Event> events,
      Verdict verdict,
      Findings findings,
      Ground ground,
      Nemesis nemesis)
      throws IOException {
    List<CheckOutcome> checks = new ArrayList<>(findings.checks());
    ground
        .skipped()
        .forEach(
            (kind, reason) ->
                checks.add(
                    new CheckOutcome(
                        "the fault " + kind.label(), CheckOutcome.Result.SKIPPED, reason)));
    HistoryPage page =
        new HistoryPage(
            "Torture of " + plan.subject(),
            events,
            verdict,
            figures(plan, events, nemesis),
            checks,
            plan.seed(),
            Replay.command(plan));
    return Files.writeString(plan.output().resolve(NAME), page.html());
  }

  private static List<Figure> figures(TorturePlan plan, List<Event> events, Nemesis nemesis) {
    List<Figure> figures = new ArrayList<>();
    figures.add(new Figure("workers", plan.workers() + ", each with one or two clients"));
    figures.add(new Figure("time under faults", plan.time().toSeconds() + " s"));
    figures.add(
        new Figure("TTL of clients", "from " + plan.shortestTtl() + " to " + plan.longestTtl()));
    figures.add(new Figure("fencing tokens checked by the resource", plan.fenced() ? "yes" : "no"));
    new TreeMap<>(nemesis.struck())
        .forEach(
            (kind, count) ->
                figures.add(
                    new Figure("times that " + kind.explanation(), Integer.toString(count))));
    Outcomes.exceptions(events)
        .forEach(
            (exception, count) ->
                figures.add(
                    new Figure("acquires that threw " + exception, Integer.toString(count))));
    return figures;
  }
}
