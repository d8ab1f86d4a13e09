package io.tyer.benchmarks.figures;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes a report's files; they always have the same names. */
final class ReportFiles {

  private ReportFiles() {}

  static void write(Report report, Path directory) throws IOException {
    Files.createDirectories(directory);
    Files.writeString(directory.resolve("report.md"), MarkdownReport.of(report));
    Files.writeString(directory.resolve("report.json"), JsonReport.of(report));
    for (Row row : report.plan().rows()) {
      if (!report.section(row).isEmpty()) {
        Files.writeString(directory.resolve(row.name() + ".svg"), chart(report, row));
      }
    }
  }

  /** A panel for each subject. */
  private static String chart(Report report, Row row) {
    List<Run> measured = report.section(row);
    List<List<SvgChart.Bar>> panels = new ArrayList<>();
    for (Run run : measured) {
      if (report.isSubject(run)) {
        List<SvgChart.Bar> panel = new ArrayList<>();
        panel.add(bar(report, run));
        for (Run floor : Floors.of(row, run.subject())) {
          if (measured.contains(floor)) {
            panel.add(bar(report, floor));
          }
        }
        panels.add(panel);
      }
    }
    return SvgChart.of(row.name(), row.figures().get(0).label(), panels);
  }

  private static SvgChart.Bar bar(Report report, Run run) {
    return new SvgChart.Bar(
        Report.label(run),
        report.isSubject(run),
        report.results().spread(run, run.row().figures().get(0)));
  }
}
