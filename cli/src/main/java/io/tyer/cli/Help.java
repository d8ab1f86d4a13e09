package io.tyer.cli;

import io.tyer.command.Exit;
import io.tyer.command.Refusal;
import io.tyer.command.Syntax;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** {@code tyer help}, and what other commands print. */
final class Help {

  private Help() {}

  /** Explains the command that is named, in one word or two, or all of it. */
  static int explain(String... args) {
    return print(args.length == 0 ? overview().help() : named(String.join(" ", args)).help());
  }

  /** Prints a text to standard output. */
  static int print(String text) {
    PrintStream out = standardOutput();
    out.print(text);
    if (out.checkError()) {
      throw new Refusal(Exit.INTERNAL, "what it prints could not be written", null);
    }
    return Exit.OK.code();
  }

  static Syntax named(String name) {
    for (Syntax syntax : Completion.commands()) {
      if (syntax.name().equals("tyer " + name)) {
        return syntax;
      }
    }
    throw Refusal.usage("there is no command '" + name + "' to explain: " + Program.COMMANDS);
  }

  static Syntax overview() {
    return new Syntax(
            "tyer",
            "COMMAND [OPTION...] [ARGUMENT...]",
            "Locks between processes and machines, with fencing tokens.")
        .command("run", "Runs a command while holding a lock")
        .command("locks", "Lists who holds and who waits for locks")
        .command("release", "Takes a lock away from who holds it")
        .command("doctor", "Finds out whether the store can keep the promises here")
        .command("schema", "Prints the statements that make the tables of the SQL store")
        .command("server", "Starts a member of the lock server, or tells members what to do")
        .command("token", "Makes, lists and revokes access tokens of the lock server")
        .command("demo", "Shows what locks are for; alone, it lists the demos")
        .command("completion", "Prints the completion for bash or zsh")
        .command("help", "Explains a command: tyer help run")
        .withHelp()
        .footer("Durations: 500ms, 5s, 2m, 1h30m, or ISO-8601 (PT5S).")
        .withExitCodes();
  }

  /** Standard output in UTF-8, whatever the locale. */
  static PrintStream standardOutput() {
    return new PrintStream(
        new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)),
        false,
        StandardCharsets.UTF_8);
  }
}
