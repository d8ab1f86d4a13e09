package io.tyer.torture;

import io.tyer.testkit.server.ServerKind;
import io.tyer.testkit.torture.FaultKind;
import io.tyer.testkit.torture.Torture;
import io.tyer.testkit.torture.TorturePlan;
import io.tyer.testkit.torture.TortureVerdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Reads the command line, runs the plan, and says by the exit code what came of it. */
@CommandLine.Command(
    name = "./torture",
    description = {
      "Lets worker processes lock in every way while faults strike, and checks what they saw.",
      "The same seed makes the same schedule of faults and the same wishes of workers; what the",
      "operating system makes of them differs from run to run."
    },
    footer = {
      "",
      "Exit codes: 0 all checks passed, 1 something was found, 2 wrong arguments, 3 could not run."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeOnInvalidInput = TortureCommand.USAGE,
    exitCodeOnExecutionException = TortureCommand.NOT_RUN)
final class TortureCommand implements Callable<Integer> {

  static final int PASSED = 0;
  static final int FOUND = 1;
  static final int USAGE = 2;
  static final int NOT_RUN = 3;

  @Spec private @Nullable CommandSpec spec;

  @ArgGroup(multiplicity = "1")
  @SuppressWarnings("FieldCanBeFinal") // set by reflection
  private Subject subject = new Subject();

  /** What is tortured: one of both. */
  static final class Subject {
    @Option(
        names = "--store",
        paramLabel = "URI",
        description = "A store that there is, such as memory:x or file:/tmp/x.")
    private @Nullable String store;

    @Option(
        names = "--server",
        paramLabel = "KIND",
        description = "A store that is started for the run: ${COMPLETION-CANDIDATES}.",
        completionCandidates = Kinds.class)
    private @Nullable String server;
  }

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "60",
      description = "How long faults strike; ${DEFAULT-VALUE} by default.")
  private int seconds;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Repeats the schedule and the wishes of a run; random by default.")
  private @Nullable Long seed;

  @Option(
      names = "--faults",
      paramLabel = "LIST",
      defaultValue = "all",
      description = "all, none, or some of these, separated by commas: ${COMPLETION-CANDIDATES}.",
      completionCandidates = Faults.class)
  private String faults = "all";

  @Option(
      names = "--workers",
      paramLabel = "N",
      defaultValue = "4",
      description = "How many workers; ${DEFAULT-VALUE} by default.")
  private int workers;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Where histories and page go, which must be empty; torture-run/target/torture/SEED by"
              + " default.")
  private @Nullable Path out;

  @Option(names = "--stop-at-first", description = "Checks every second, ends at a violation.")
  private boolean stopAtFirst;

  @Option(
      names = "--no-fence",
      description = "The resource accepts every token, to see that this is found out.")
  private boolean noFence;

  /** For the help text. */
  static final class Kinds extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    Kinds() {
      super(ServerKind.all().stream().map(ServerKind::name).sorted().toList());
    }
  }

  /** For the help text. */
  static final class Faults extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    Faults() {
      super(Arrays.stream(FaultKind.values()).map(FaultKind::label).toList());
    }
  }

  /** The command, with messages that are one line long. */
  static CommandLine commandLine() {
    CommandLine command = new CommandLine(new TortureCommand());
    command.setParameterExceptionHandler(
        (thrown, arguments) -> {
          command.getErr().println("torture: " + thrown.getMessage());
          command.getErr().println("torture: ./torture --help says what there is");
          return USAGE;
        });
    command.setExecutionExceptionHandler(
        (thrown, line, result) -> {
          line.getErr().println("torture: could not run: " + thrown);
          return NOT_RUN;
        });
    return command;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    long chosen = seed != null ? seed : new SplittableRandom().nextLong(1_000_000_000L);
    TorturePlan plan = plan(chosen);
    try {
      TortureVerdict verdict = Torture.run(plan);
      return verdict.passed() ? PASSED : FOUND;
    } catch (IllegalArgumentException e) {
      throw wrong(e);
    }
  }

  private TorturePlan plan(long chosenSeed) throws IOException {
    PrintWriter print = command().getOut();
    try {
      ServerKind kind = subject.server == null ? null : ServerKind.named(subject.server);
      Set<FaultKind> kinds = FaultKind.parse(faults, kind);
      Path output = output(chosenSeed);
      TorturePlan plan =
          kind != null
              ? TorturePlan.onServer(kind, chosenSeed, output)
              : TorturePlan.onStore(Objects.requireNonNull(subject.store), chosenSeed, output);
      plan =
          plan.withTime(Duration.ofSeconds(seconds))
              .withFaults(kinds)
              .withWorkers(workers, plan.threads())
              .withConsole(
                  line -> {
                    print.println(line);
                    print.flush();
                  });
      plan = noFence ? plan.withoutFence() : plan;
      return stopAtFirst ? plan.stoppingAtFirst() : plan;
    } catch (IllegalArgumentException e) {
      throw wrong(e);
    }
  }

  private ParameterException wrong(IllegalArgumentException e) {
    return new ParameterException(command(), String.valueOf(e.getMessage()), e);
  }

  private Path output(long chosenSeed) throws IOException {
    Path given = out;
    if (given != null) {
      if (Files.isDirectory(given)) {
        try (Stream<Path> files = Files.list(given)) {
          if (files.findAny().isPresent()) {
            throw new IllegalArgumentException("--out " + given + " is not empty");
          }
        }
      } else if (Files.exists(given)) {
        throw new IllegalArgumentException("--out " + given + " is not a directory");
      }
      return given.toAbsolutePath();
    }
    Path base =
        Path.of(System.getProperty("tyer.torture.out", "torture-run/target/torture"))
            .toAbsolutePath();
    Path free = base.resolve(Long.toString(chosenSeed));
    for (int i = 2; Files.exists(free); i++) {
      free = base.resolve(chosenSeed + "-" + i);
    }
    return free;
  }

  private CommandLine command() {
    return Objects.requireNonNull(spec, "set by picocli").commandLine();
  }
}
