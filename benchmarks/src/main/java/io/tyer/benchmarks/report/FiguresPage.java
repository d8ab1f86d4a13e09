package io.tyer.benchmarks.report;

import io.tyer.benchmarks.rows.Row;
import io.tyer.benchmarks.rows.Rows;
import io.tyer.benchmarks.run.Results;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A report as it was written, read back: what charts are drawn from, so that they show what the
 * page says.
 *
 * @param name of the directory it lies in
 * @param warmUpSeconds how long each JVM ran before anything counted
 * @param tables by row
 */
record FiguresPage(String name, double warmUpSeconds, List<Table> tables) {

  static final String FILE = "report.md";

  /** What was found for a row. */
  record Table(Row row, List<Line> lines) {}

  /**
   * One lock.
   *
   * @param label as reports call it
   * @param first the row's first figure
   * @param beside by label of the others: the first figure by theirs
   */
  record Line(String label, Results.Spread first, Map<String, Double> beside) {}

  private static final Pattern WARM_UP = Pattern.compile("([0-9.,]+) s to warm up");
  private static final Pattern LINE = Pattern.compile("\\| [`*](.+?)[`*] \\| (.*) \\|");
  private static final Pattern SPREAD =
      Pattern.compile("([0-9.,]+)(?: \\(([0-9.,]+) – ([0-9.,]+)\\))?");
  private static final Pattern RATIO = Pattern.compile("([0-9.,]+) × ([^×]+?)(?=, [0-9.,]+ ×|$)");

  /** Reads the page in this directory. */
  static FiguresPage in(Path directory) throws IOException {
    Map<Row, List<Line>> tables = new LinkedHashMap<>();
    List<Line> lines = List.of();
    double warmUp = 0;
    for (String text : Files.readAllLines(directory.resolve(FILE))) {
      Matcher warm = WARM_UP.matcher(text);
      if (warm.find()) {
        warmUp = number(warm.group(1));
      }
      if (text.startsWith("## ")) {
        List<Line> next = new ArrayList<>();
        Rows.named(text.substring(3)).ifPresent(row -> tables.put(row, next));
        lines = next;
      }
      line(text).ifPresent(lines::add);
    }
    List<Table> all = new ArrayList<>();
    tables.forEach((row, found) -> all.add(new Table(row, List.copyOf(found))));
    return new FiguresPage(String.valueOf(directory.getFileName()), warmUp, List.copyOf(all));
  }

  private static Optional<Line> line(String text) {
    Matcher line = LINE.matcher(text);
    if (!line.matches()) {
      return Optional.empty();
    }
    String rest = line.group(2);
    Matcher spread = SPREAD.matcher(rest);
    if (!spread.lookingAt()) {
      return Optional.empty();
    }
    double median = number(spread.group(1));
    Results.Spread first =
        spread.group(2) == null
            ? new Results.Spread(median, median, median)
            : new Results.Spread(median, number(spread.group(2)), number(spread.group(3)));
    Map<String, Double> beside = new LinkedHashMap<>();
    for (String cell : rest.split(" \\| ", -1)) {
      if (!cell.contains("≥") && !cell.contains("≤")) {
        RATIO.matcher(cell).results().forEach(it -> beside.put(it.group(2), number(it.group(1))));
      }
    }
    return Optional.of(new Line(line.group(1), first, beside));
  }

  private static double number(String text) {
    return Double.parseDouble(text.replace(",", ""));
  }
}
