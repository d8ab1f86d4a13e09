package io.tyer.example.coupons;

import io.tyer.Tyer;
import io.tyer.command.Command;
import io.tyer.command.Console;
import io.tyer.command.Exit;
import io.tyer.command.Parsed;
import io.tyer.command.Refusal;
import io.tyer.command.Syntax;
import io.tyer.example.frame.Screen;
import io.tyer.example.frame.TemporaryDirectory;
import io.tyer.spi.StoreAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the command line, runs the rounds, and says by the exit code what came of them. */
final class DemoCommand implements Command {

  private static final int STOCK = 40;
  private static final int BUYERS = 4;
  private static final int TTL_SECONDS = 2;
  private static final int THINK_MILLIS = 20;

  /** Set by the launcher: where the page goes unless told otherwise. */
  private static final String PAGE_PROPERTY = "tyer.demo.page";

  @Override
  public Syntax syntax() {
    return new Syntax(
            "./tyer demo coupons",
            "[OPTION...]",
            "A flash sale: processes sell the same coupons, without a lock, with one, and with a"
                + " buyer killed or paused between its read and its write. What was sold is counted"
                + " in the database.")
        .value(
            "database",
            "URL",
            "The shop's database, of PostgreSQL, MariaDB or an H2 server: a JDBC URL. Tables"
                + " tyer_demo_... are made in it, and stay; default: an H2 of its own")
        .value(
            "store",
            "URI",
            "The lock store, such as redis://localhost; default: files in a temporary directory")
        .value("stock", "N", "How many coupons there are; default: " + STOCK)
        .value("buyers", "N", "How many processes sell them; default: " + BUYERS)
        .value("ttl", "S", "The TTL of locks in seconds; default: " + TTL_SECONDS)
        .value(
            "think",
            "MS",
            "How many milliseconds pass between reading and writing; default: " + THINK_MILLIS)
        .value("rounds", "LIST", "Which of the rounds 1 to 5, separated by commas; default: all")
        .value("page", "FILE", "Where the page with the pictures goes; default: coupons.html")
        .value(
            "picture",
            "FILE",
            "Where a picture (SVG) of all rounds goes, to show elsewhere; default: none")
        .withHelp()
        .footer("All is as expected if rounds 1 and 5 sold too many, and 2 to 4 what there was.")
        .withExitCodes();
  }

  @Override
  public Exit run(Parsed parsed, Console console) throws InterruptedException {
    parsed.requireNoArgument();
    try {
      List<Round> chosen = rounds(parsed.text("rounds"));
      Path page = parsed.path("page");
      Path target =
          writable(
              "--page",
              page != null ? page : Path.of(System.getProperty(PAGE_PROPERTY, "coupons.html")));
      String store = parsed.text("store");
      if (store != null) {
        return run(parsed, console, chosen, store, target);
      }
      try (TemporaryDirectory directory = TemporaryDirectory.make("tyer-coupons")) {
        return run(parsed, console, chosen, "file:" + directory.path(), target);
      }
    } catch (IllegalArgumentException e) {
      throw syntax().wrong(String.valueOf(e.getMessage()));
    } catch (Refusal e) {
      throw e;
    } catch (IOException | SQLException | RuntimeException e) {
      throw Refusal.unreachable(
          "could not run: " + e.getClass().getSimpleName() + ": " + e.getMessage(), e);
    }
  }

  private static Exit run(
      Parsed parsed, Console console, List<Round> chosen, String lockStore, Path target)
      throws IOException, SQLException, InterruptedException {
    Screen screen = Screen.on(console.out());
    Path picture = parsed.path("picture");
    Path drawn = picture == null ? null : writable("--picture", picture);
    String database = parsed.text("database");
    int stock = parsed.number("stock", STOCK);
    int buyers = parsed.number("buyers", BUYERS);
    Duration ttl = Duration.ofSeconds(parsed.number("ttl", TTL_SECONDS));
    Duration think = Duration.ofMillis(parsed.number("think", THINK_MILLIS));
    // Refused before anything is started.
    Settings given =
        new Settings(database == null ? "" : database, lockStore, stock, buyers, ttl, think);
    requireUsable(lockStore, ttl);
    try (Database shop = openDatabase(database)) {
      Settings settings = new Settings(shop.url(), lockStore, stock, buyers, ttl, think);
      screen.line("A flash sale: " + given + ".");
      screen.line("Database: " + shop + ". Locks: " + StoreAddress.mask(lockStore) + ".");
      List<RoundResult> results = Demo.run(chosen, settings, shop, new Narrator(screen));
      screen.line("");
      Scoreboard.table(results).forEach(screen::line);
      Files.writeString(target, Page.of(results));
      if (drawn != null) {
        Files.writeString(drawn, SalesPicture.of(results));
      }
      screen.line("");
      screen.line("Pictures: " + target.toUri());
      List<String> broken = Scoreboard.broken(results);
      broken.forEach(what -> console.tell("not as expected: " + what));
      return broken.isEmpty() ? Exit.OK : Exit.NEGATIVE;
    }
  }

  private static Database openDatabase(@Nullable String database) throws SQLException {
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

  private static List<Round> rounds(@Nullable String list) {
    if (list == null) {
      return List.of(Round.values());
    }
    List<String> numbers = List.of(list.split(",", -1));
    for (String number : numbers) {
      if (Arrays.stream(Round.values()).noneMatch(round -> isNumbered(round, number))) {
        throw new IllegalArgumentException("there are rounds 1 to 5, not " + number);
      }
    }
    return Arrays.stream(Round.values())
        .filter(round -> numbers.stream().anyMatch(number -> isNumbered(round, number)))
        .toList();
  }

  private static boolean isNumbered(Round round, String number) {
    return number.equals(String.valueOf(round.number()));
  }

  private static Path writable(String option, Path target) {
    Path absolute = target.toAbsolutePath();
    Path parent = absolute.getParent();
    if (Files.isDirectory(absolute) || parent == null || !Files.isDirectory(parent)) {
      throw new IllegalArgumentException(
          option + " names a file in a directory that there is, not " + target);
    }
    return absolute;
  }
}
