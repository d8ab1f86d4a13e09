package io.tyer.torture;

import io.tyer.command.Command;
import io.tyer.command.Console;
import io.tyer.command.Exit;
import io.tyer.command.Parsed;
import io.tyer.command.Refusal;
import io.tyer.command.Syntax;
import io.tyer.testkit.server.ServerKind;
import io.tyer.testkit.torture.FaultKind;
import io.tyer.testkit.torture.Torture;
import io.tyer.testkit.torture.TorturePlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the command line, runs the plan, and says by the exit code what came of it. */
final class TortureCommand implements Command {

  private static final int SECONDS = 60;
  private static final int WORKERS = 4;

  @Override
  public Syntax syntax() {
    return new Syntax(
            "./torture",
            "--store URI | --server KIND [OPTION...]",
            "Lets worker processes lock in every way while faults strike, and checks what they saw."
                + " The same seed makes the same schedule of faults and the same wishes of workers;"
                + " what the operating system makes of them differs from run to run.")
        .value("store", "URI", "A store that there is, such as memory:x or file:/tmp/x")
        .value(
            "server",
            "KIND",
            ServerKind.all().stream()
                .map(ServerKind::name)
                .sorted()
                .collect(Collectors.joining(", ", "A store that is started for the run: ", "")))
        .value("seconds", "S", "How long faults strike; default: " + SECONDS)
        .value("seed", "N", "Repeats the schedule and the wishes of a run; default: random")
        .value(
            "faults",
            "LIST",
            Arrays.stream(FaultKind.values())
                .map(FaultKind::label)
                .collect(
                    Collectors.joining(
                        ", ",
                        "all, none, or some of these, separated by commas: ",
                        "; default: all")))
        .value("workers", "N", "How many workers; default: " + WORKERS)
        .value(
            "out",
            "DIR",
            "Where histories and page go, which must be empty; default:"
                + " torture-run/target/torture/SEED")
        .flag("stop-at-first", "Checks every second, ends at a violation")
        .flag("no-fence", "The resource accepts every token, to see that this is found out")
        .withHelp()
        .withExitCodes();
  }

  @Override
  public Exit run(Parsed parsed, Console console) throws IOException, InterruptedException {
    parsed.requireNoArgument();
    TorturePlan plan;
    try {
      plan = plan(parsed, console);
    } catch (IllegalArgumentException e) {
      throw syntax().wrong(String.valueOf(e.getMessage()));
    }
    try {
      return Torture.run(plan).passed() ? Exit.OK : Exit.NEGATIVE;
    } catch (IllegalArgumentException e) {
      // What opens the store has refused its address.
      throw syntax().wrong(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw Refusal.unreachable("could not run: " + e, e);
    }
  }

  private TorturePlan plan(Parsed parsed, Console console) throws IOException {
    String store = parsed.text("store");
    String server = parsed.text("server");
    long seed = seed(parsed);
    ServerKind kind = server == null ? null : ServerKind.named(server);
    Set<FaultKind> faults = FaultKind.parse(parsed.text("faults", "all"), kind);
    Path output = output(parsed.path("out"), seed);
    TorturePlan plan;
    if (kind != null && store == null) {
      plan = TorturePlan.onServer(kind, seed, output);
    } else if (kind == null && store != null) {
      plan = TorturePlan.onStore(store, seed, output);
    } else {
      throw syntax().wrong("one of --store and --server is needed");
    }
    plan =
        plan.withTime(Duration.ofSeconds(parsed.number("seconds", SECONDS)))
            .withFaults(faults)
            .withWorkers(parsed.number("workers", WORKERS), plan.threads())
            .withConsole(line -> console.print(line + System.lineSeparator()));
    plan = parsed.has("no-fence") ? plan.withoutFence() : plan;
    return parsed.has("stop-at-first") ? plan.stoppingAtFirst() : plan;
  }

  private static long seed(Parsed parsed) {
    String text = parsed.text("seed");
    try {
      return text == null ? new SplittableRandom().nextLong(1_000_000_000L) : Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("--seed is a whole number, not '" + text + "'", e);
    }
  }

  private static Path output(@Nullable Path given, long chosenSeed) throws IOException {
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
}
