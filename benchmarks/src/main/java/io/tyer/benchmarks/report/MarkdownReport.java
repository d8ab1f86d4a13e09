package io.tyer.benchmarks.report;

import io.tyer.benchmarks.play.Effort;
import io.tyer.benchmarks.rows.Figure;
import io.tyer.benchmarks.rows.Row;
import io.tyer.benchmarks.rows.Section;
import io.tyer.benchmarks.run.Floors;
import io.tyer.benchmarks.run.Report;
import io.tyer.benchmarks.run.Results;
import io.tyer.benchmarks.run.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** The figures as tables for people. */
public final class MarkdownReport {

  private final Report report;
  private final StringBuilder text = new StringBuilder();

  private MarkdownReport(Report report) {
    this.report = report;
  }

  public static String of(Report report) {
    MarkdownReport writing = new MarkdownReport(report);
    writing.head();
    report.plan().rows().forEach(writing::row);
    WhichOne.lines(report).forEach(writing::line);
    writing.tail();
    return writing.text.toString();
  }

  private void head() {
    Effort effort = report.effort();
    line("# Figures");
    line("");
    line("Written by the command; not edited.");
    line("");
    line("```sh");
    line(report.command());
    line("```");
    line("");
    line("- " + report.machine());
    report.servers().forEach(server -> line("- server: " + server));
    report.libraries().forEach(library -> line("- " + library));
    line("- garbage collection: " + report.collectors());
    line(
        String.format(
            Locale.ROOT,
            "- %d alternating rounds, a fresh JVM for each run; %s s to warm up, %s s measured;"
                + " medians of the rounds, and the least and largest",
            report.rounds(),
            Figure.text(effort.warmUpMillis() / 1e3),
            Figure.text(effort.measureMillis() / 1e3)));
    line(
        "- violations of exclusion or order, and lost updates: "
            + report.results().violations()
            + " (every holder looks whether it is alone; tokens are compared at every "
            + Section.TOKEN_EVERY
            + "th; numbers must have grown by as many updates as took effect)");
    line("");
  }

  private void row(Row row) {
    List<Run> runs = report.section(row);
    if (runs.isEmpty()) {
      return;
    }
    line("## " + row.name());
    line("");
    line(capital(row.title()) + ".");
    line("");
    List<Figure> figures =
        row.figures().stream()
            .filter(figure -> runs.stream().anyMatch(run -> report.results().has(run, figure)))
            .toList();
    line(
        "| lock | "
            + figures.stream().map(Figure::label).collect(Collectors.joining(" | "))
            + " | beside the others | target |");
    line("|---|" + "---:|".repeat(figures.size()) + "---|---|");
    for (Run run : runs) {
      line("| " + cells(run, figures) + " |");
    }
    line("");
    line("![" + row.name() + "](" + row.name() + ".svg)");
    line("");
  }

  private String cells(Run run, List<Figure> figures) {
    List<String> cells = new ArrayList<>();
    cells.add(
        report.isSubject(run) ? "`" + Report.label(run) + "`" : "*" + Report.label(run) + "*");
    for (int i = 0; i < figures.size(); i++) {
      Results.Spread spread = report.results().spread(run, figures.get(i));
      cells.add(i == 0 ? withRange(spread) : number(spread.median()));
    }
    if (report.isSubject(run)) {
      cells.add(besideFloors(run));
      cells.add(
          Target.of(run).stream()
              .map(target -> target.verdict(report.results(), run))
              .collect(Collectors.joining("; ")));
    } else {
      cells.add("");
      cells.add("");
    }
    return String.join(" | ", cells);
  }

  private String besideFloors(Run run) {
    List<String> ratios = new ArrayList<>();
    for (Run floor : Floors.of(run.section(), run.subject())) {
      OptionalDouble ratio = report.results().ratio(run, floor);
      if (ratio.isPresent()) {
        ratios.add(Figure.text(ratio.getAsDouble()) + " × " + Report.label(floor));
      }
    }
    return String.join(", ", ratios);
  }

  private String withRange(Results.Spread spread) {
    return report.rounds() == 1
        ? number(spread.median())
        : number(spread.median())
            + " ("
            + number(spread.min())
            + " – "
            + number(spread.max())
            + ")";
  }

  private static String number(double value) {
    return Double.isNaN(value) ? "" : Figure.text(value);
  }

  private void tail() {
    if (!report.plan().skipped().isEmpty()) {
      line("## Not measured");
      line("");
      report.plan().skipped().forEach((what, why) -> line("- " + what + " – " + why));
      line("");
    }
    if (!report.failures().isEmpty()) {
      line("## Failed");
      line("");
      report.failures().forEach(failure -> line("- " + failure));
      line("");
    }
    text.setLength(text.length() - 1);
  }

  private static String capital(String title) {
    return title.substring(0, 1).toUpperCase(Locale.ROOT) + title.substring(1);
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
