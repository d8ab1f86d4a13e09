package io.tyer.cli;

import io.tyer.command.Parsed;
import io.tyer.command.Refusal;
import io.tyer.command.Syntax;
import io.tyer.command.Version;
import java.util.Arrays;
import java.util.Map;

/** Finds the command that the first argument names; only that one is loaded. */
final class Program {

  static final String COMMANDS =
      "run, locks, release, doctor, schema, server, token, demo or completion";

  private final Map<String, String> environment;
  private final Screen screen;

  Program(Map<String, String> environment, Screen screen) {
    this.environment = environment;
    this.screen = screen;
  }

  /** Does what the arguments say and returns the exit code. */
  int run(String[] args) {
    if (args.length == 0) {
      throw Refusal.usage("no command is given: " + COMMANDS + "; 'tyer help' shows more");
    }
    String[] rest = Arrays.copyOfRange(args, 1, args.length);
    return switch (args[0]) {
      case "run" -> run(RunSyntax.syntax(), args[0], rest);
      case "locks" -> run(LocksSyntax.syntax(), args[0], rest);
      case "release" -> run(ReleaseSyntax.syntax(), args[0], rest);
      case "doctor" -> run(DoctorSyntax.syntax(), args[0], rest);
      case "schema" -> run(SchemaSyntax.syntax(), args[0], rest);
      case "completion" -> run(CompletionSyntax.syntax(), args[0], rest);
      case "server", "token", "demo" ->
          throw Refusal.usage(
              "'" + args[0] + "' is a program of its own, which the script ./tyer starts");
      case "help", "--help", "-h" -> Help.explain(rest);
      case "--version", "-V" -> Help.print(Version.line());
      default ->
          throw Refusal.usage(
              "there is no command '" + args[0] + "': " + COMMANDS + ", help or --version");
    };
  }

  private int run(Syntax syntax, String command, String[] args) {
    Parsed parsed = syntax.parse(args);
    if (parsed.has("help")) {
      return Help.print(syntax.help());
    }
    return parsed.has("version") ? Help.print(Version.line()) : perform(command, parsed);
  }

  private int perform(String command, Parsed parsed) {
    return switch (command) {
      case "run" -> new RunCommand(RunSyntax.options(parsed), environment, screen).run();
      case "locks" -> new LocksCommand(LocksSyntax.options(parsed), environment, screen).run();
      case "schema" -> Help.print(SchemaCommand.text(SchemaSyntax.options(parsed)));
      case "completion" -> Help.print(Completion.script(CompletionSyntax.shell(parsed)));
      case "doctor" -> new DoctorCommand(DoctorSyntax.options(parsed), environment, screen).run();
      default -> new ReleaseCommand(ReleaseSyntax.options(parsed), environment, screen).run();
    };
  }
}
