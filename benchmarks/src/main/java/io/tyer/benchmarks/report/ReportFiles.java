package io.tyer.benchmarks.report;

import io.tyer.benchmarks.run.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes a report's files; they always have the same names. */
public final class ReportFiles {

  private ReportFiles() {}

  /**
   * A page of figures with its charts, and all that it was made of.
   *
   * @param directory for the page
   * @param raw for what was found, round by round
   */
  public static void write(Report report, Path directory, Path raw) throws IOException {
    Files.createDirectories(directory);
    Files.createDirectories(raw);
    Files.writeString(directory.resolve(FiguresPage.FILE), MarkdownReport.of(report));
    Files.writeString(raw.resolve("report.json"), JsonReport.of(report));
    Charts.draw(directory);
  }
}
