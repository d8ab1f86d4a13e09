package io.tyer.cli;

import io.tyer.command.Parsed;
import io.tyer.command.Refusal;
import io.tyer.command.Syntax;

/** The options of {@code tyer completion}. */
final class CompletionSyntax {

  private CompletionSyntax() {}

  static Syntax syntax() {
    return new Syntax(
            "tyer completion",
            "bash|zsh",
            "Prints what the shell needs to complete commands, options and the names of locks, to"
                + " be read by its start-up file: source <(tyer completion bash)")
        .argument("bash|zsh", "The shell")
        .withHelp();
  }

  static Shells shell(Parsed parsed) {
    if (parsed.arguments().size() != 1) {
      throw Refusal.usage("write: tyer completion bash, or: tyer completion zsh");
    }
    return Shells.parse(parsed.arguments().get(0));
  }
}
