package io.tyer.benchmarks.report;

import io.tyer.benchmarks.play.Stats;
import io.tyer.benchmarks.rows.Figure;
import io.tyer.benchmarks.rows.Row;
import io.tyer.benchmarks.rows.UpdatesRow;
import io.tyer.benchmarks.run.Floors;
import io.tyer.benchmarks.run.Report;
import io.tyer.benchmarks.run.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the rows of updates say to somebody who may lock, or may not. */
public final class WhichOne {

  private static final String VERSIONED = "versioned-";
  private static final String FENCED = "fenced-";

  /** What is nearer to 1 than this is called the same. */
  private static final double SAME = 0.1;

  private final Report report;

  private WhichOne(Report report) {
    this.report = report;
  }

  /** A section of the report; empty if nothing was compared. */
  public static List<String> lines(Report report) {
    WhichOne which = new WhichOne(report);
    List<String> table = new ArrayList<>();
    for (Row row : report.plan().rows()) {
      if (row.kind() == Row.Kind.UPDATES) {
        report.section(row).stream()
            .filter(report::isSubject)
            .forEach(run -> which.line(run).ifPresent(table::add));
      }
    }
    if (table.isEmpty()) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    lines.add("## Which one");
    lines.add("");
    lines.add(
        "Updates/s under a lock by those of `Versioned`, in the same round: below 1 `Versioned`"
            + " does more, above 1 the lock. \"Either\" is what is within a tenth of 1, or on both"
            + " sides of it. Beside it, what `Versioned` computes in vain and gives up with its"
            + " usual retries, how long the slowest in a hundred take there, and whether all"
            + " threads get somewhere.");
    lines.add("");
    lines.add(
        "| row | store | lock by `Versioned` | with a fence, too | more done by |"
            + " computed/update | given up % | p99 of `Versioned` by the lock's |"
            + " slowest / fastest thread of `Versioned` | of the lock |");
    lines.add("|---|---|---:|---:|---|---:|---:|---:|---:|---:|");
    lines.addAll(table);
    lines.add("");
    return lines;
  }

  private Optional<String> line(Run run) {
    Optional<Run> versioned = beside(run, VERSIONED);
    if (versioned.isEmpty()) {
      return Optional.empty();
    }
    double[] ratios = report.results().ratios(run, List.of(versioned.get()));
    if (ratios.length == 0) {
      return Optional.empty();
    }
    List<String> cells =
        List.of(
            run.section().name(),
            "`" + Report.label(run) + "`",
            withRange(ratios),
            beside(run, FENCED).map(one -> fenced(one, versioned.get())).orElse(""),
            verdict(ratios),
            median(versioned.get(), UpdatesRow.TRIES),
            median(versioned.get(), UpdatesRow.GIVEN_UP),
            slowest(versioned.get(), run),
            median(versioned.get(), UpdatesRow.FAIRNESS),
            median(run, UpdatesRow.FAIRNESS));
    return Optional.of("| " + String.join(" | ", cells) + " |");
  }

  private Optional<Run> beside(Run run, String prefix) {
    return Floors.of(run.section(), run.subject()).stream()
        .filter(one -> one.subject().scheme().startsWith(prefix))
        .filter(report.results().runs()::contains)
        .findFirst();
  }

  private String fenced(Run fenced, Run versioned) {
    double[] ratios = report.results().ratios(fenced, List.of(versioned));
    return ratios.length == 0 ? "" : Figure.text(Stats.median(ratios));
  }

  public static String verdict(double... ratios) {
    double median = Stats.median(ratios);
    boolean same =
        Math.abs(median - 1) <= SAME || (Stats.min(ratios) <= 1 && Stats.max(ratios) >= 1);
    return same ? "either" : median < 1 ? "`Versioned`" : "the lock";
  }

  private static String withRange(double... ratios) {
    String median = Figure.text(Stats.median(ratios));
    return ratios.length == 1
        ? median
        : String.format(
            Locale.ROOT,
            "%s (%s – %s)",
            median,
            Figure.text(Stats.min(ratios)),
            Figure.text(Stats.max(ratios)));
  }

  private double value(Run run, String key) {
    return run.row().figures().stream()
        .filter(figure -> figure.key().equals(key))
        .mapToDouble(figure -> report.results().spread(run, figure).median())
        .findFirst()
        .orElse(Double.NaN);
  }

  private String median(Run run, String key) {
    return text(value(run, key));
  }

  private String slowest(Run versioned, Run locked) {
    return text(value(versioned, UpdatesRow.P99) / value(locked, UpdatesRow.P99));
  }

  private static String text(double value) {
    return Double.isFinite(value) ? Figure.text(value) : "";
  }
}
