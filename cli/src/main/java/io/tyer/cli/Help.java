package io.tyer.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** {@code tyer help}, {@code tyer --version}. */
final class Help {

  private Help() {}

  /** Explains the command that is named first, or all of it. */
  static int explain(String... args) {
    return print(args.length == 0 ? overview() : text(args[0]));
  }

  /** Prints a text to standard output. */
  static int print(String text) {
    PrintStream out = standardOutput();
    out.print(text);
    out.flush();
    return Exit.OK.code();
  }

  private static String text(String name) {
    return switch (name) {
      case "run" -> HelpText.of(RunSyntax.syntax(), RunSyntax.footer());
      case "locks" -> HelpText.of(LocksSyntax.syntax(), LocksSyntax.footer());
      case "release" -> HelpText.of(ReleaseSyntax.syntax());
      case "doctor" -> HelpText.of(DoctorSyntax.syntax(), DoctorSyntax.footer());
      case "schema" -> HelpText.of(SchemaSyntax.syntax());
      default ->
          throw Refusal.usage("there is no command '" + name + "' to explain: " + Program.COMMANDS);
    };
  }

  private static String overview() {
    return """
        Usage: tyer COMMAND [OPTION...] [ARGUMENT...]
        Locks between processes and machines, with fencing tokens.

          run         Runs a command while holding a lock
          locks       Lists who holds and who waits for locks
          release     Takes a lock away from who holds it
          doctor      Finds out whether the store can keep the promises here
          schema      Prints the statements that make the tables of the SQL store
          completion  Prints the completion for bash or zsh
          help        Explains a command: tyer help run

          -h, --help     Show this help
          -V, --version  Show the version

        Durations: 500ms, 5s, 2m, 1h30m, or ISO-8601 (PT5S).

        """
        + ExitCodes.text()
        + "\n";
  }

  static int printVersion() {
    return print("tyer " + version() + "\n");
  }

  static String version() {
    String version = Help.class.getPackage().getImplementationVersion();
    return version == null ? "(built from source)" : version;
  }

  /** Standard output in UTF-8, whatever the locale. */
  static PrintStream standardOutput() {
    return new PrintStream(
        new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)),
        false,
        StandardCharsets.UTF_8);
  }
}
