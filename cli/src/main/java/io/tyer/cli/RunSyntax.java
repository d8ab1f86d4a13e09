package io.tyer.cli;

import io.tyer.command.Parsed;
import io.tyer.command.Refusal;
import io.tyer.command.Syntax;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The options of {@code tyer run}. */
final class RunSyntax {

  private static final String ON_LOSS =
      """
      When the lease is lost:
      kill: TERM, after --grace KILL, before anyone else can be granted the lock; exit 76
      term: TERM and wait for its end; exit 76
      continue: a warning only; exit with the command's code
      Default: kill""";

  private RunSyntax() {}

  static Syntax syntax() {
    return StoreOptions.added(
            new Syntax(
                    "tyer run",
                    "[OPTION...] NAME -- COMMAND [ARG...]",
                    "Runs a command while holding the lock NAME, and exits with its exit code. The command"
                        + " finds the lock's name in $TYER_LOCK, its fencing token in $TYER_TOKEN and the"
                        + " store, without password, in $TYER_STORE.")
                .argument("NAME -- COMMAND [ARG...]", "The lock, and what to run; options end here")
                .value(
                    "wait",
                    "DURATION",
                    "Wait so long for the lock and the store (5s, 1h30m); then exit 75, or 69 if there is no"
                        + " store; default: for the lock as long as it takes, for the store 1m")
                .flag("no-wait", "Do not wait: exit 75 if the lock is not free")
                .flag("shared", "Share the lock with others that say --shared")
                .value("permits", "N/M", "Take N of the M permits of a semaphore")
                .flag(
                    "elect",
                    "Stand by until elected, and run the command as the leader; when the term is lost,"
                        + " end it and stand by for the next, also while the store is away. What"
                        + " ends by itself ends tyer, too")
                .value(
                    "ttl",
                    "DURATION",
                    "How long the lock outlives a machine that is gone; default 15s. A command that"
                        + " outlives its killed tyer for longer than this is not protected")
                .value("on-loss", "WHAT", ON_LOSS)
                .value(
                    "grace",
                    "DURATION",
                    "What a command is given between TERM and KILL; default 2s, at most ttl/5")
                .value("label", "TEXT", "What others see as the lock's owner")
                .flag("v", "verbose", "Tell what is done"))
        .endingAtArgument()
        .footer(
            "TERM, HUP, USR1 and USR2 are passed on to the command. So is INT, unless tyer runs in the"
                + " foreground of a terminal, whose Ctrl-C reaches the command by itself. While waiting"
                + " for the lock, INT, TERM and HUP end tyer (exit 130, 143, 129); USR1 and USR2 are"
                + " ignored.",
            "Standard input, output and error are the command's own; other open files are not passed on."
                + " $TYER_PASSWORD is not either.",
            "When somebody else may hold the lock already (it was taken by release --now, or tyer was"
                + " stopped for too long), --on-loss kill gives no grace.")
        .withExitCodes();
  }

  static RunOptions options(Parsed parsed) {
    List<String> arguments = parsed.arguments();
    if (arguments.isEmpty()) {
      throw Refusal.usage("no lock is named; write: tyer run NAME -- COMMAND [ARG...]");
    }
    boolean separated = arguments.size() > 1 && arguments.get(1).equals("--");
    List<String> command = arguments.subList(separated ? 2 : 1, arguments.size());
    if (command.isEmpty()) {
      throw Refusal.usage(
          "no command is given; write: tyer run " + arguments.get(0) + " -- COMMAND [ARG...]");
    }
    OnLoss onLoss = onLoss(parsed);
    if (parsed.has("elect")) {
      refuseBesideElect(parsed, onLoss);
    }
    return new RunOptions(
        StoreOptions.of(parsed),
        waitTime(parsed),
        share(parsed),
        parsed.has("elect"),
        parsed.duration("ttl"),
        onLoss,
        parsed.duration("grace"),
        parsed.text("label"),
        parsed.has("verbose"),
        arguments.get(0),
        command);
  }

  private static OnLoss onLoss(Parsed parsed) {
    String text = parsed.text("on-loss");
    return text == null ? OnLoss.KILL : OnLoss.parse(text);
  }

  private static void refuseBesideElect(Parsed parsed, OnLoss onLoss) {
    for (String other : List.of("wait", "no-wait", "shared", "permits")) {
      if (parsed.has(other)) {
        throw Refusal.usage(
            "--elect and --" + other + " exclude each other: one leads, and who stands by, waits");
      }
    }
    if (onLoss == OnLoss.CONTINUE) {
      throw Refusal.usage(
          "--elect and --on-loss continue exclude each other: there would be two leaders; write kill"
              + " or term");
    }
  }

  private static @Nullable Duration waitTime(Parsed parsed) {
    if (!parsed.has("no-wait")) {
      return parsed.duration("wait");
    }
    if (parsed.has("wait")) {
      throw Refusal.usage("--wait and --no-wait exclude each other; give one of them");
    }
    return Duration.ZERO;
  }

  private static Share share(Parsed parsed) {
    String permits = parsed.text("permits");
    boolean shared = parsed.has("shared");
    if (permits == null) {
      return shared ? new Share.Reader() : new Share.All();
    }
    if (shared) {
      throw Refusal.usage("--shared and --permits exclude each other; give one of them");
    }
    return Share.Permits.parse(permits);
  }
}
