package io.tyer.cli;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** The options of {@code tyer run}. */
final class RunSyntax {

  private RunSyntax() {}

  static CommandLine parser() {
    CommandSpec spec =
        Syntax.command(
            "tyer run",
            "tyer run [OPTION...] NAME -- COMMAND [ARG...]",
            "Runs a command while holding the lock NAME, and exits with its exit code. The command"
                + " finds the lock's name in $$TYER_LOCK, its fencing token in $$TYER_TOKEN and the"
                + " store, without password, in $$TYER_STORE.%n");
    spec.addOption(
        Syntax.value("--wait", "DURATION", "Wait so long for the lock (5s, 1h30m); then exit 75"));
    spec.addOption(Syntax.flag("Do not wait: exit 75 if the lock is not free", "--no-wait"));
    spec.addOption(Syntax.flag("Share the lock with others that say --shared", "--shared"));
    spec.addOption(Syntax.value("--permits", "N/M", "Take N of the M permits of a semaphore"));
    spec.addOption(
        Syntax.value(
            "--ttl",
            "DURATION",
            "How long the lock outlives a machine that is gone; default 15s. A command that"
                + " outlives its killed tyer for longer than this is not protected"));
    spec.addOption(Syntax.value("--on-loss", "WHAT", onLoss()));
    spec.addOption(
        Syntax.value(
            "--grace",
            "DURATION",
            "What a command is given between TERM and KILL; default 2s, at most ttl/5"));
    spec.addOption(Syntax.value("--label", "TEXT", "What others see as the lock's owner"));
    spec.addOption(Syntax.flag("Tell what is done", "-v", "--verbose"));
    Syntax.addCommon(spec);
    spec.addPositional(
        Syntax.arguments(
            "NAME -- COMMAND [ARG...]", "The lock, and what to run; options end here"));
    return Syntax.parser(spec).setStopAtPositional(true);
  }

  private static String onLoss() {
    StringBuilder text = new StringBuilder("When the lease is lost:");
    for (OnLoss value : OnLoss.values()) {
      String name = value.name().toLowerCase(Locale.ROOT);
      text.append("%n").append(name).append(": ").append(value.meaning());
    }
    return text.append("%nDefault: kill").toString();
  }

  /** What help says below the options; not made unless it is asked for. */
  static String[] footer() {
    return new String[] {
      "",
      "TERM, HUP, USR1 and USR2 are passed on to the command. So is INT, unless tyer runs in the"
          + " foreground of a terminal, whose Ctrl-C reaches the command by itself. While waiting"
          + " for the lock, INT, TERM and HUP end tyer (exit 130, 143, 129); USR1 and USR2 are"
          + " ignored.",
      "",
      "Standard input, output and error are the command's own; other open files are not passed on."
          + " $$TYER_PASSWORD is not either.",
      "",
      "When somebody else may hold the lock already (it was taken by release --now, or tyer was"
          + " stopped for too long), --on-loss kill gives no grace.",
      "",
      ExitCodes.text(),
    };
  }

  static RunOptions options(ParseResult parsed) {
    List<String> arguments = Syntax.positionals(parsed);
    if (arguments.isEmpty()) {
      throw Refusal.usage("no lock is named; write: tyer run NAME -- COMMAND [ARG...]");
    }
    boolean separated = arguments.size() > 1 && arguments.get(1).equals("--");
    List<String> command = arguments.subList(separated ? 2 : 1, arguments.size());
    if (command.isEmpty()) {
      throw Refusal.usage(
          "no command is given; write: tyer run " + arguments.get(0) + " -- COMMAND [ARG...]");
    }
    String onLoss = Syntax.text(parsed, "--on-loss");
    return new RunOptions(
        Syntax.store(parsed),
        waitTime(parsed),
        share(parsed),
        Syntax.duration(parsed, "--ttl"),
        onLoss == null ? OnLoss.KILL : OnLoss.parse(onLoss),
        Syntax.duration(parsed, "--grace"),
        Syntax.text(parsed, "--label"),
        Syntax.has(parsed, "--verbose"),
        arguments.get(0),
        command);
  }

  private static @Nullable Duration waitTime(ParseResult parsed) {
    if (!Syntax.has(parsed, "--no-wait")) {
      return Syntax.duration(parsed, "--wait");
    }
    if (Syntax.has(parsed, "--wait")) {
      throw Refusal.usage("--wait and --no-wait exclude each other; give one of them");
    }
    return Duration.ZERO;
  }

  private static Share share(ParseResult parsed) {
    String permits = Syntax.text(parsed, "--permits");
    boolean shared = Syntax.has(parsed, "--shared");
    if (permits == null) {
      return shared ? new Share.Reader() : new Share.All();
    }
    if (shared) {
      throw Refusal.usage("--shared and --permits exclude each other; give one of them");
    }
    return Share.Permits.parse(permits);
  }
}
