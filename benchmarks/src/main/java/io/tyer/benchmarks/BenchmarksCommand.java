package io.tyer.benchmarks;

import io.tyer.benchmarks.play.Address;
import io.tyer.benchmarks.play.Effort;
import io.tyer.benchmarks.report.Charts;
import io.tyer.benchmarks.report.MarkdownReport;
import io.tyer.benchmarks.report.ReportFiles;
import io.tyer.benchmarks.rows.Row;
import io.tyer.benchmarks.rows.Rows;
import io.tyer.benchmarks.run.Measuring;
import io.tyer.benchmarks.run.Plan;
import io.tyer.benchmarks.run.Report;
import io.tyer.benchmarks.server.Places;
import io.tyer.command.Command;
import io.tyer.command.Console;
import io.tyer.command.Exit;
import io.tyer.command.Parsed;
import io.tyer.command.Refusal;
import io.tyer.command.Syntax;
import io.tyer.spi.StoreAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the command line, runs the plan round by round, and reports. */
final class BenchmarksCommand implements Command {

  private static final int DEFAULT_ROUNDS = 5;
  private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9_./:=,+@%-]+");

  /** As they were typed, for the report. */
  private final List<String> typed;

  BenchmarksCommand(String... typed) {
    this.typed = List.of(typed);
  }

  @Override
  public Syntax syntax() {
    return new Syntax(
            "benchmarks/run",
            "[OPTION...] URI...",
            "Measures what locks cost, each store beside the least that any lock of its kind could"
                + " cost. Figures of one run can be compared with each other; those of different"
                + " runs cannot.")
        .argument(
            "URI",
            "What is measured: addresses of stores, such as memory:x, file:target/x,"
                + " 'file:target/x?bias=true', redis: (a server is started for it, without"
                + " persistence), redis://host:port (its data are not removed), postgresql:,"
                + " mariadb: (a server with default settings is started), h2: or sqlite:target/x")
        .values(
            "rows",
            "ROW,...",
            "Only these rows, or those whose names begin with that and a dash, as \"updates\": "
                + String.join(", ", rowNames()))
        .value("rounds", "N", "Alternating rounds; " + DEFAULT_ROUNDS + " by default")
        .value("warm-up", "SECONDS", "In each JVM, before anything counts; 4 by default")
        .value("measure", "SECONDS", "What counts in each JVM; 5 by default")
        .value("names", "N", "How many names the row \"names\" uses; 1000000 by default")
        .value("crowd", "N", "How many wait in the row \"crowd\"; 10000 by default")
        .flag("quick", "One short round, to see that all works; its figures mean nothing")
        .flag("no-floors", "Without the floors and the other libraries")
        .values("jvm-arg", "ARG", "For each measured JVM, such as --jvm-arg=-XX:+UseParallelGC")
        .value("out", "DIR", "Writes a page of figures (report.md) and a chart for each row there")
        .value(
            "raw",
            "DIR",
            "Writes all that was found, round by round (report.json), there; with --out X/NAME,"
                + " target/benchmarks/NAME by default")
        .value(
            "draw",
            "DIR",
            "Measures nothing: draws the charts of all report.md below DIR again, and the overview")
        .withHelp()
        .withExitCodes();
  }

  private static List<String> rowNames() {
    return Rows.ALL.stream().map(Row::name).toList();
  }

  @Override
  public Exit run(Parsed parsed, Console console) throws IOException, InterruptedException {
    List<String> uris = parsed.arguments();
    Path draw = parsed.path("draw");
    if (draw != null && uris.isEmpty()) {
      Charts.draw(draw);
      return Exit.OK;
    }
    if (draw != null || uris.isEmpty()) {
      throw wrong("either addresses are measured, or charts are drawn again (--draw)");
    }
    boolean quick = parsed.has("quick");
    Plan plan = new Plan(chosenRows(parsed), addresses(uris), !parsed.has("no-floors"));
    int rounds = atLeast(parsed, "rounds", 1, quick ? 1 : DEFAULT_ROUNDS);
    Report report =
        new Measuring(plan, rounds, effort(parsed), jvmArguments(parsed), console.out())
            .report(commandText());
    console.print(MarkdownReport.of(report));
    Path out = parsed.path("out");
    if (out != null) {
      Path raw = parsed.path("raw");
      ReportFiles.write(report, out, raw != null ? raw : rawBeside(out));
    }
    long violations = report.results().violations();
    if (violations > 0) {
      console.tell("exclusion or order was violated, or an update lost, " + violations + " times");
    }
    return violations > 0 || !report.failures().isEmpty() ? Exit.NEGATIVE : Exit.OK;
  }

  /** Below the working directory, where builds put what they make. */
  private static Path rawBeside(Path out) {
    return Path.of("target", "benchmarks", String.valueOf(out.getFileName()));
  }

  private List<Row> chosenRows(Parsed parsed) {
    List<String> rows =
        parsed.texts("rows").stream().flatMap(text -> Stream.of(text.split(",", -1))).toList();
    for (String row : rows) {
      if (Rows.meant(row).isEmpty()) {
        throw wrong("there is no row " + row + "; there are " + rowNames());
      }
    }
    return Rows.ALL.stream()
        .filter(row -> rows.isEmpty() || rows.stream().anyMatch(it -> Rows.meant(it).contains(row)))
        .toList();
  }

  private List<Address> addresses(List<String> uris) {
    try {
      List<Address> addresses = uris.stream().map(Address::parse).distinct().toList();
      addresses.forEach(Places::check);
      return addresses;
    } catch (IllegalArgumentException e) {
      throw wrong(e.getMessage());
    }
  }

  private Effort effort(Parsed parsed) {
    Effort effort = parsed.has("quick") ? Effort.QUICK : Effort.FULL;
    if (parsed.has("warm-up")) {
      effort = effort.warmingUpFor(seconds(parsed, "warm-up"));
    }
    if (parsed.has("measure")) {
      effort = effort.measuringFor(seconds(parsed, "measure"));
    }
    if (parsed.has("names")) {
      effort = effort.names(atLeast(parsed, "names", 1_000, 0));
    }
    if (parsed.has("crowd")) {
      effort = effort.crowd(atLeast(parsed, "crowd", 1, 0));
    }
    return effort;
  }

  private int atLeast(Parsed parsed, String option, int least, int otherwise) {
    int value = parsed.number(option, otherwise);
    if (value < least) {
      throw wrong("--" + option + " is at least " + least + ", not " + value);
    }
    return value;
  }

  private Duration seconds(Parsed parsed, String option) {
    String text = parsed.required(option);
    double seconds;
    try {
      seconds = Double.parseDouble(text);
    } catch (NumberFormatException e) {
      seconds = Double.NaN;
    }
    if (!(seconds > 0 && seconds <= 3_600)) {
      throw wrong("--" + option + " is more than 0 and at most 3600 seconds, not '" + text + "'");
    }
    return Duration.ofMillis(Math.max(1, Math.round(seconds * 1e3)));
  }

  /** What is compiled well does not matter for a smoke test; how soon it starts does. */
  private static List<String> jvmArguments(Parsed parsed) {
    List<String> all = new ArrayList<>();
    if (parsed.has("quick")) {
      all.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    }
    all.addAll(parsed.texts("jvm-arg"));
    return all;
  }

  /** As it can be typed into a shell. */
  private String commandText() {
    return "benchmarks/run "
        + typed.stream()
            .map(StoreAddress::mask)
            .map(argument -> SAFE.matcher(argument).matches() ? argument : "'" + argument + "'")
            .collect(Collectors.joining(" "));
  }

  private Refusal wrong(@Nullable String message) {
    return syntax().wrong(String.valueOf(message));
  }
}
