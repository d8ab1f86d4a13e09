package io.tyer.cli;

import io.tyer.command.Parsed;
import io.tyer.command.Refusal;
import io.tyer.command.Syntax;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The options of {@code tyer locks}. */
final class LocksSyntax {

  private static final Duration EACH = Duration.ofSeconds(1);
  private static final Duration LEAST = Duration.ofMillis(100);

  private LocksSyntax() {}

  static Syntax syntax() {
    return StoreOptions.added(
            new Syntax(
                    "tyer locks",
                    "[OPTION...] [PREFIX]",
                    "Lists who holds and who waits for the locks whose name begins with PREFIX; without it,"
                        + " for all.")
                .argument("[PREFIX]", "How the names begin")
                .optionalValue(
                    "watch",
                    "INTERVAL",
                    "Show them again and again, until Ctrl-C (exit 130); default: each second")
                .flag("json", "For programs, as described below")
                .flag("names", "Only the names, one on a line"))
        .footer(
            "--json prints one object: format (1), store, and locks, ordered by name. A lock has a"
                + " name and its line, in order. A place in the line has ticket and token (strings"
                + " of digits), state (held or waiting), kind (exclusive, shared or permits),"
                + " permits (how many it takes), capacity (of how many; null unless permits),"
                + " owner, session, since (UTC, ISO-8601), revoked (true if it has been asked back) and"
                + " biased (true if its client may merely keep it until another one asks). Of a very long line, the"
                + " lock server lists only the first, and the lock has omitted: how many more there are. Members may be added in later versions, none changes its meaning.",
            "--watch draws the table anew in place on a terminal. Elsewhere it writes a table, or with"
                + " --json one object on a line, for each change; while the store cannot be reached, an"
                + " object has error instead of locks.",
            "The token is the first one that the holder, or who waits once it holds, can have.");
  }

  static LocksOptions options(Parsed parsed) {
    List<String> arguments = parsed.arguments();
    if (arguments.size() > 1) {
      throw Refusal.usage(
          "one PREFIX is enough; '" + arguments.get(1) + "' is too much (quote names with blanks)");
    }
    boolean names = parsed.has("names");
    if (names && (parsed.has("json") || parsed.has("watch"))) {
      throw Refusal.usage("--names excludes --json and --watch; give it alone");
    }
    return new LocksOptions(
        StoreOptions.of(parsed),
        parsed.has("json"),
        names,
        watch(parsed),
        arguments.isEmpty() ? "" : arguments.get(0));
  }

  private static @Nullable Duration watch(Parsed parsed) {
    String text = parsed.text("watch");
    Duration interval = text != null && text.isEmpty() ? EACH : parsed.duration("watch");
    if (interval != null && interval.compareTo(LEAST) < 0) {
      throw Refusal.usage("--watch looks at most ten times a second: 100ms, not '" + text + "'");
    }
    return interval;
  }
}
