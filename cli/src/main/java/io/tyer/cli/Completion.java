package io.tyer.cli;

import io.tyer.command.ServerSyntax;
import io.tyer.command.Syntax;
import io.tyer.command.TokenSyntax;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

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

  /** Of all programs but the demos. */
  static List<Syntax> commands() {
    return List.of(
        RunSyntax.syntax(),
        LocksSyntax.syntax(),
        ReleaseSyntax.syntax(),
        DoctorSyntax.syntax(),
        SchemaSyntax.syntax(),
        ServerSyntax.server(),
        ServerSyntax.status(),
        ServerSyntax.add(),
        ServerSyntax.remove(),
        ServerSyntax.transfer(),
        TokenSyntax.token(),
        TokenSyntax.create(),
        TokenSyntax.list(),
        TokenSyntax.revoke(),
        TokenSyntax.exportAll(),
        TokenSyntax.importAll(),
        TokenSyntax.operator(),
        CompletionSyntax.syntax());
  }

  static String script(Shells shell) {
    String script =
        template()
            .replace("@COMMANDS@", below("") + " demo help")
            .replace("@SERVER@", below("server "))
            .replace("@TOKEN@", below("token "))
            .replace("@OPTIONS@", options())
            .replace("@VALUES@", values());
    return shell == Shells.ZSH ? FOR_ZSH + script : script;
  }

  /** The last words of those commands that consist of these words and one more. */
  private static String below(String words) {
    return commands().stream()
        .map(Completion::words)
        .filter(name -> name.startsWith(words) && name.indexOf(' ', words.length()) < 0)
        .map(name -> name.substring(words.length()))
        .collect(Collectors.joining(" "));
  }

  /** What stands behind {@code tyer}. */
  private static String words(Syntax command) {
    return command.name().substring("tyer ".length());
  }

  /** A case for each command: {@code run) echo '--wait --no-wait' ;;}. */
  private static String options() {
    StringBuilder text = new StringBuilder();
    for (Syntax command : commands()) {
      text.append("    '").append(words(command)).append("') echo '--");
      text.append(String.join(" --", command.optionNames())).append("' ;;\n");
    }
    return text.toString().stripTrailing();
  }

  /** The options that take the next word, as a pattern of a case. */
  private static String values() {
    return commands().stream()
        .flatMap(command -> command.valueNames().stream())
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
