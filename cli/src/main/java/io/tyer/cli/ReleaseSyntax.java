package io.tyer.cli;

import java.util.List;
import java.util.OptionalLong;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** The options of {@code tyer release}. */
final class ReleaseSyntax {

  /** The low bits of a token, which count leases under one ticket. */
  private static final int COUNTER_BITS = 12;

  private ReleaseSyntax() {}

  static CommandLine parser() {
    CommandSpec spec =
        Syntax.command(
            "tyer release",
            "tyer release --force [--now] [OPTION...] NAME",
            "Takes the lock NAME from those who hold it. They are told, and the lock goes on when"
                + " they have given it back or are gone.%n");
    spec.addOption(Syntax.flag("Needed: this is not how locks are given back", "--force"));
    spec.addOption(
        Syntax.flag(
            "Let the lock go on at once. Until its holders notice, two may believe that they hold"
                + " it; only fencing tokens protect data then",
            "--now"));
    spec.addOption(
        Syntax.value("--token", "N", "Only from the holder that 'tyer locks' shows with token N"));
    Syntax.addCommon(spec);
    spec.addPositional(Syntax.arguments("NAME", "The lock"));
    return Syntax.parser(spec);
  }

  static ReleaseOptions options(ParseResult parsed) {
    List<String> arguments = Syntax.positionals(parsed);
    if (arguments.size() != 1) {
      throw Refusal.usage(
          arguments.isEmpty()
              ? "no lock is named; write: tyer release --force NAME"
              : "name one lock only; '" + arguments.get(1) + "' is too much");
    }
    if (!Syntax.has(parsed, "--force")) {
      throw Refusal.usage(
          "release takes a lock away from whoever holds it; a command run by 'tyer run' gives it"
              + " back by itself when it ends. If you mean it: tyer release --force "
              + arguments.get(0));
    }
    return new ReleaseOptions(
        Syntax.store(parsed), Syntax.has(parsed, "--now"), arguments.get(0), number(parsed));
  }

  private static OptionalLong number(ParseResult parsed) {
    String text = Syntax.text(parsed, "--token");
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
