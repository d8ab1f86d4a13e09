package io.tyer.cli;

import java.util.Arrays;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** Finds the command that the first argument names; only that one is loaded. */
final class Program {

  private final Map<String, String> environment;
  private final Screen screen;

  Program(Map<String, String> environment, Screen screen) {
    this.environment = environment;
    this.screen = screen;
  }

  /** Does what the arguments say and returns the exit code. */
  int run(String[] args) {
    if (args.length == 0) {
      throw Refusal.usage("no command is given: run, locks or release; 'tyer help' shows more");
    }
    String[] rest = Arrays.copyOfRange(args, 1, args.length);
    return switch (args[0]) {
      case "run" -> run("run", RunSyntax.parser(), rest);
      case "locks" -> run("locks", LocksSyntax.parser(), rest);
      case "release" -> run("release", ReleaseSyntax.parser(), rest);
      case "help", "--help", "-h" -> Help.print(rest);
      case "--version", "-V" -> Help.printVersion();
      default ->
          throw Refusal.usage(
              "there is no command '" + args[0] + "': run, locks, release, help or --version");
    };
  }

  private int run(String command, CommandLine parser, String[] args) {
    ParseResult parsed = Parsing.parse(parser, args);
    return Syntax.has(parsed, "--help") ? Help.print(command) : perform(command, parsed);
  }

  private int perform(String command, ParseResult parsed) {
    return switch (command) {
      case "run" -> new RunCommand(RunSyntax.options(parsed), environment, screen).run();
      case "locks" -> new LocksCommand(LocksSyntax.options(parsed), environment, screen).run();
      default -> new ReleaseCommand(ReleaseSyntax.options(parsed), environment, screen).run();
    };
  }
}
