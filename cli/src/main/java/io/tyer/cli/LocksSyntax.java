package io.tyer.cli;

import java.util.List;

/** The options of {@code tyer locks}. */
final class LocksSyntax {

  private LocksSyntax() {}

  static Syntax syntax() {
    return new Syntax(
            "locks",
            "[OPTION...] [PREFIX]",
            "Lists who holds and who waits for the locks whose name begins with PREFIX; without it,"
                + " for all.")
        .argument("[PREFIX]", "How the names begin")
        .flag("json", "For programs, as described below")
        .withStore();
  }

  /** What help says below the options. */
  static String[] footer() {
    return new String[] {
      "--json prints one object: format (1), store, and locks, ordered by name. A lock has a"
          + " name and its line, in order. A place in the line has ticket and token (strings"
          + " of digits), state (held or waiting), kind (exclusive, shared or permits),"
          + " permits (how many it takes), capacity (of how many; null unless permits),"
          + " owner, session, since (UTC, ISO-8601) and revoked (true if it has been asked"
          + " back). Members may be added in later versions, none changes its meaning.",
      "The token is the first one that the holder, or who waits once it holds, can have."
    };
  }

  static LocksOptions options(Parsed parsed) {
    List<String> arguments = parsed.arguments();
    if (arguments.size() > 1) {
      throw Refusal.usage(
          "one PREFIX is enough; '" + arguments.get(1) + "' is too much (quote names with blanks)");
    }
    return new LocksOptions(
        StoreOptions.of(parsed), parsed.has("json"), arguments.isEmpty() ? "" : arguments.get(0));
  }
}
