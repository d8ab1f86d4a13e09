package io.tyer.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.commons.cli.Option;

/**
 * The completion's script: {@code completion.bash}, with what is known of the commands in place of
 * its placeholders. Zsh runs the same one.
 */
final class Completion {

  private static final String FOR_ZSH =
      """
      # For zsh, which reads completions for bash.
      autoload -Uz bashcompinit compinit
      (( $+functions[compdef] )) || compinit
      bashcompinit
      """;

  private Completion() {}

  static List<Syntax> commands() {
    return List.of(
        RunSyntax.syntax(),
        LocksSyntax.syntax(),
        ReleaseSyntax.syntax(),
        DoctorSyntax.syntax(),
        SchemaSyntax.syntax(),
        CompletionSyntax.syntax());
  }

  static String script(Shells shell) {
    String script =
        template()
            .replace("@COMMANDS@", names(commands()) + " help")
            .replace("@OPTIONS@", options())
            .replace("@VALUES@", values());
    return shell == Shells.ZSH ? FOR_ZSH + script : script;
  }

  private static String names(List<Syntax> commands) {
    return commands.stream().map(Syntax::name).collect(Collectors.joining(" "));
  }

  /** A case for each command: {@code run) echo '--wait --no-wait' ;;}. */
  private static String options() {
    StringBuilder text = new StringBuilder();
    for (Syntax command : commands()) {
      text.append("    ").append(command.name()).append(") echo '");
      text.append(
          command.options().getOptions().stream()
              .map(option -> "--" + option.getLongOpt())
              .collect(Collectors.joining(" ")));
      text.append("' ;;\n");
    }
    return text.toString().stripTrailing();
  }

  /** The options that take the next word, as a pattern of a case. */
  private static String values() {
    return commands().stream()
        .flatMap(command -> command.options().getOptions().stream())
        .filter(option -> option.hasArg() && !option.hasOptionalArg())
        .map(Option::getLongOpt)
        .distinct()
        .map(name -> "--" + name)
        .collect(Collectors.joining(" | "));
  }

  private static String template() {
    try (InputStream in = Completion.class.getResourceAsStream("completion.bash")) {
      if (in == null) {
        throw new IllegalStateException("completion.bash is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
