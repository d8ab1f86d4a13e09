package io.tyer.example.coupons;

import io.tyer.Tyer;
import io.tyer.spi.StoreAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Reads the command line, runs the rounds, and says by the exit code what came of them. */
@CommandLine.Command(
    name = "./tyer demo coupons",
    description = {
      "A flash sale: processes sell the same coupons, without a lock, with one, and with a buyer",
      "killed or paused between its read and its write. What was sold is counted in the database."
    },
    footer = {
      "",
      "Exit codes: 0 all rounds came out as promised (1 and 5 oversold, 2 to 4 not), 1 they did not,",
      "2 wrong arguments, 3 could not run."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeOnInvalidInput = DemoCommand.USAGE,
    exitCodeOnExecutionException = DemoCommand.NOT_RUN)
final class DemoCommand implements Callable<Integer> {

  static final int AS_PROMISED = 0;
  static final int BROKEN = 1;
  static final int USAGE = 2;
  static final int NOT_RUN = 3;

  /** Set by the launcher: where the page goes unless told otherwise. */
  private static final String PAGE_PROPERTY = "tyer.demo.page";

  /** Set by the launcher: whether lines on standard output can be written over. */
  private static final String LIVE_PROPERTY = "tyer.demo.live";

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--database",
      paramLabel = "URL",
      description =
          "The shop's database, of PostgreSQL, MariaDB or an H2 server: a JDBC URL. Tables"
              + " tyer_demo_... are made in it, and stay. By default an H2 of its own.")
  private @Nullable String database;

  @Option(
      names = "--store",
      paramLabel = "URI",
      description =
          "The lock store, such as redis://localhost; by default files in a temporary directory.")
  private @Nullable String store;

  @Option(
      names = "--stock",
      paramLabel = "N",
      defaultValue = "40",
      description = "How many coupons there are; ${DEFAULT-VALUE} by default.")
  private int stock;

  @Option(
      names = "--buyers",
      paramLabel = "N",
      defaultValue = "4",
      description = "How many processes sell them; ${DEFAULT-VALUE} by default.")
  private int buyers;

  @Option(
      names = "--ttl",
      paramLabel = "S",
      defaultValue = "2",
      description = "The TTL of locks in seconds; ${DEFAULT-VALUE} by default.")
  private int ttlSeconds;

  @Option(
      names = "--think",
      paramLabel = "MS",
      defaultValue = "20",
      description =
          "How many milliseconds pass between reading and writing; ${DEFAULT-VALUE} by default.")
  private int thinkMillis;

  @Option(
      names = "--rounds",
      paramLabel = "LIST",
      split = ",",
      description = "Which of the rounds 1 to 5, separated by commas; all by default.")
  private @Nullable List<Integer> rounds;

  @Option(
      names = "--page",
      paramLabel = "FILE",
      description = "Where the page with the pictures goes; coupons.html by default.")
  private @Nullable Path page;

  /** The command, with messages that are one line long. */
  static CommandLine commandLine() {
    CommandLine command = new CommandLine(new DemoCommand());
    command.setParameterExceptionHandler(
        (thrown, arguments) -> {
          command.getErr().println("coupons: " + thrown.getMessage());
          command.getErr().println("coupons: ./tyer demo coupons --help says what there is");
          return USAGE;
        });
    command.setExecutionExceptionHandler(
        (thrown, line, result) -> {
          line.getErr()
              .println(
                  "coupons: could not run: "
                      + thrown.getClass().getSimpleName()
                      + ": "
                      + thrown.getMessage());
          return NOT_RUN;
        });
    return command;
  }

  @Override
  public Integer call() throws IOException, SQLException, InterruptedException {
    try {
      List<Round> chosen = chosenRounds();
      Path target = page();
      if (store != null) {
        return run(chosen, store, target);
      }
      Path directory = Files.createTempDirectory("tyer-coupons");
      try {
        return run(chosen, "file:" + directory, target);
      } finally {
        remove(directory);
      }
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command(), String.valueOf(e.getMessage()), e);
    }
  }

  private int run(List<Round> chosen, String lockStore, Path target)
      throws IOException, SQLException, InterruptedException {
    Screen screen = new Screen(command().getOut(), Boolean.getBoolean(LIVE_PROPERTY));
    Duration ttl = Duration.ofSeconds(ttlSeconds);
    Duration think = Duration.ofMillis(thinkMillis);
    // Refused before anything is started.
    Settings given =
        new Settings(database == null ? "" : database, lockStore, stock, buyers, ttl, think);
    requireUsable(lockStore, ttl);
    try (Database shop = openDatabase()) {
      Settings settings = new Settings(shop.url(), lockStore, stock, buyers, ttl, think);
      screen.line("A flash sale: " + given + ".");
      screen.line("Database: " + shop + ". Locks: " + StoreAddress.mask(lockStore) + ".");
      List<RoundResult> results = Demo.run(chosen, settings, shop, screen);
      screen.line("");
      Scoreboard.table(results).forEach(screen::line);
      Files.writeString(target, Page.of(results));
      screen.line("");
      screen.line("Pictures: " + target.toUri());
      List<String> broken = Scoreboard.broken(results);
      broken.forEach(what -> command().getErr().println("coupons: not as promised: " + what));
      return broken.isEmpty() ? AS_PROMISED : BROKEN;
    }
  }

  private Database openDatabase() throws SQLException {
    return database == null ? Database.hosted() : Database.at(database);
  }

  /** A store that buyers could not use is refused here, once, rather than by each of them. */
  private static void requireUsable(String lockStore, Duration ttl) {
    if (StoreAddress.parse(lockStore).scheme().equals("memory")) {
      throw new IllegalArgumentException(
          "buyers are processes of their own, which share no memory; --store takes an address such"
              + " as file:/dir or redis://host, not "
              + StoreAddress.mask(lockStore));
    }
    Tyer.builder(lockStore).ttl(ttl).open().close();
  }

  private List<Round> chosenRounds() {
    List<Integer> numbers = rounds;
    if (numbers == null) {
      return List.of(Round.values());
    }
    for (int number : numbers) {
      if (number < 1 || number > Round.values().length) {
        throw new IllegalArgumentException("there are rounds 1 to 5, not " + number);
      }
    }
    return Arrays.stream(Round.values()).filter(r -> numbers.contains(r.number())).toList();
  }

  private Path page() {
    Path given = page;
    Path target =
        given != null ? given : Path.of(System.getProperty(PAGE_PROPERTY, "coupons.html"));
    Path absolute = target.toAbsolutePath();
    Path parent = absolute.getParent();
    if (Files.isDirectory(absolute) || parent == null || !Files.isDirectory(parent)) {
      throw new IllegalArgumentException(
          "--page names a file in a directory that there is, not " + target);
    }
    return absolute;
  }

  private static void remove(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  private CommandLine command() {
    return Objects.requireNonNull(spec, "set by picocli").commandLine();
  }
}
