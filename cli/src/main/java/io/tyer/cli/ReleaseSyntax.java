package io.tyer.cli;

import io.tyer.command.Exit;
import io.tyer.command.Parsed;
import io.tyer.command.Refusal;
import io.tyer.command.Syntax;
import java.util.List;
import java.util.OptionalLong;

/** The options of {@code tyer release}. */
final class ReleaseSyntax {

  /** The low bits of a token, which count leases under one ticket. */
  private static final int COUNTER_BITS = 12;

  private ReleaseSyntax() {}

  static Syntax syntax() {
    return StoreOptions.added(
        new Syntax(
                "tyer release",
                "--force [--now] [OPTION...] NAME",
                "Takes the lock NAME from those who hold it. They are told, and the lock goes on when"
                    + " they have given it back or are gone.")
            .argument("NAME", "The lock")
            .flag("force", "Needed: this is not how locks are given back")
            .flag(
                "now",
                "Let the lock go on at once. Until its holders notice, two may believe that they hold"
                    + " it; only fencing tokens protect data then")
            .value("token", "N", "Only from the holder that 'tyer locks' shows with token N"));
  }

  static ReleaseOptions options(Parsed parsed) {
    List<String> arguments = parsed.arguments();
    if (arguments.size() != 1) {
      throw Refusal.usage(
          arguments.isEmpty()
              ? "no lock is named; write: tyer release --force NAME"
              : "name one lock only; '" + arguments.get(1) + "' is too much");
    }
    if (!parsed.has("force")) {
      throw Refusal.usage(
          "release takes a lock away from whoever holds it; a command run by 'tyer run' gives it"
              + " back by itself when it ends. If you mean it: tyer release --force "
              + arguments.get(0));
    }
    return new ReleaseOptions(
        StoreOptions.of(parsed), parsed.has("now"), arguments.get(0), number(parsed));
  }

  private static OptionalLong number(Parsed parsed) {
    String text = parsed.text("token");
    if (text == null) {
      return OptionalLong.empty();
    }
    String wrong = "--token is a fencing token as 'tyer locks' shows it, not '" + text + "'";
    try {
      long number = Long.parseLong(text) >> COUNTER_BITS;
      if (number > 0) {
        return OptionalLong.of(number);
      }
    } catch (NumberFormatException e) {
      throw new Refusal(Exit.USAGE, wrong, e);
    }
    throw Refusal.usage(wrong);
  }
}
