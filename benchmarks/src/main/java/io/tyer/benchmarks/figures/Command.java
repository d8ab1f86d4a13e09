package io.tyer.benchmarks.figures;

import io.tyer.spi.StoreAddress;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Reads the command line, runs the plan round by round, and reports. */
@CommandLine.Command(
    name = "benchmarks/run",
    description = {
      "Measures what locks cost, each store beside the least that any lock of its kind could cost.",
      "Figures of one run can be compared with each other; those of different runs cannot."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeOnInvalidInput = 2)
final class Command implements Callable<Integer> {

  private static final int DEFAULT_ROUNDS = 5;
  private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9_./:=,+@%-]+");

  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "URI",
      description =
          "What is measured: addresses of stores, such as memory:x, file:target/x,"
              + " 'file:target/x?bias=true', redis: (a server is started for it, without"
              + " persistence), redis://host:port (its data are not removed), postgresql:, mariadb:"
              + " (a server with default settings is started), h2: or sqlite:target/x.")
  @SuppressWarnings("FieldCanBeFinal") // set by reflection
  private List<String> uris = List.of();

  @Option(
      names = "--rows",
      split = ",",
      paramLabel = "ROW",
      description =
          "Only these rows, or those whose names begin with that and a dash, as \"updates\":"
              + " ${COMPLETION-CANDIDATES}.",
      completionCandidates = RowNames.class)
  private List<String> rows = List.of();

  @Option(names = "--rounds", paramLabel = "N", description = "Alternating rounds; 5 by default.")
  private @Nullable Integer rounds;

  @Option(
      names = "--warm-up",
      paramLabel = "SECONDS",
      description = "In each JVM, before anything counts; 4 by default.")
  private @Nullable Double warmUp;

  @Option(
      names = "--measure",
      paramLabel = "SECONDS",
      description = "What counts in each JVM; 5 by default.")
  private @Nullable Double measure;

  @Option(
      names = "--names",
      paramLabel = "N",
      description = "How many names the row \"names\" uses; 1000000 by default.")
  private @Nullable Integer names;

  @Option(
      names = "--crowd",
      paramLabel = "N",
      description = "How many wait in the row \"crowd\"; 10000 by default.")
  private @Nullable Integer crowd;

  @Option(
      names = "--quick",
      description = "One short round, to see that all works; its figures mean nothing.")
  private boolean quick;

  @Option(names = "--no-floors", description = "Without the floors and the other libraries.")
  private boolean noFloors;

  @Option(
      names = "--jvm-arg",
      paramLabel = "ARG",
      description = "For each measured JVM, such as --jvm-arg=-XX:+UseParallelGC.")
  private List<String> jvmArguments = List.of();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Writes report.md, report.json and a chart for each row there.")
  private @Nullable Path out;

  /** For the help text. */
  static final class RowNames extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    RowNames() {
      super(Rows.ALL.stream().map(Row::name).toList());
    }
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter print = commandLine().getOut();
    Plan plan = new Plan(chosenRows(), addresses(), !noFloors);
    int all = rounds != null ? atLeast("--rounds", 1, rounds) : quick ? 1 : DEFAULT_ROUNDS;
    Report report =
        new Measuring(plan, all, effort(), allJvmArguments(), print).report(commandText());
    print.print(MarkdownReport.of(report));
    print.flush();
    if (out != null) {
      ReportFiles.write(report, out);
    }
    long violations = report.results().violations();
    if (violations > 0) {
      commandLine()
          .getErr()
          .println("exclusion or order was violated, or an update lost, " + violations + " times");
    }
    return violations > 0 || !report.failures().isEmpty() ? 1 : 0;
  }

  private CommandLine commandLine() {
    return Objects.requireNonNull(spec, "set by picocli").commandLine();
  }

  private List<Row> chosenRows() {
    for (String row : rows) {
      if (Rows.meant(row).isEmpty()) {
        throw wrong("there is no row " + row + "; there are " + new RowNames());
      }
    }
    return Rows.ALL.stream()
        .filter(row -> rows.isEmpty() || rows.stream().anyMatch(it -> Rows.meant(it).contains(row)))
        .toList();
  }

  private List<Address> addresses() {
    try {
      List<Address> addresses = uris.stream().map(Address::parse).distinct().toList();
      addresses.forEach(Places::check);
      return addresses;
    } catch (IllegalArgumentException e) {
      throw wrong(e.getMessage());
    }
  }

  private Effort effort() {
    Effort effort = quick ? Effort.QUICK : Effort.FULL;
    if (warmUp != null) {
      effort = effort.warmingUpFor(seconds("--warm-up", warmUp));
    }
    if (measure != null) {
      effort = effort.measuringFor(seconds("--measure", measure));
    }
    if (names != null) {
      effort = effort.names(atLeast("--names", 1_000, names));
    }
    if (crowd != null) {
      effort = effort.crowd(atLeast("--crowd", 1, crowd));
    }
    return effort;
  }

  private int atLeast(String option, int least, int value) {
    if (value < least) {
      throw wrong(option + " is at least " + least + ", not " + value);
    }
    return value;
  }

  private Duration seconds(String option, double seconds) {
    if (!(seconds > 0 && seconds <= 3_600)) {
      throw wrong(option + " is more than 0 and at most 3600 seconds, not " + seconds);
    }
    return Duration.ofMillis(Math.max(1, Math.round(seconds * 1e3)));
  }

  /** What is compiled well does not matter for a smoke test; how soon it starts does. */
  private List<String> allJvmArguments() {
    List<String> all = new ArrayList<>();
    if (quick) {
      all.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    }
    all.addAll(jvmArguments);
    return all;
  }

  /** As it can be typed into a shell. */
  private String commandText() {
    return "benchmarks/run "
        + commandLine().getParseResult().originalArgs().stream()
            .map(StoreAddress::mask)
            .map(argument -> SAFE.matcher(argument).matches() ? argument : "'" + argument + "'")
            .collect(Collectors.joining(" "));
  }

  private ParameterException wrong(@Nullable String message) {
    return new ParameterException(commandLine(), String.valueOf(message));
  }
}
