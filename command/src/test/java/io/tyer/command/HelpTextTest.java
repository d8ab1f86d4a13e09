package io.tyer.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.commons.cli.Option;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The help of the lock server's programs: whole, and in its columns. */
class HelpTextTest {

  static List<Syntax> all() {
    return List.of(
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
        TokenSyntax.operator());
  }

  /** With single blanks in place of all that lays it out. */
  private static String words(String text) {
    return text.replaceAll("\\s+", " ");
  }

  @ParameterizedTest
  @MethodSource("all")
  void nothingIsCut(Syntax syntax) {
    String help = words(syntax.help());
    assertThat(help).startsWith("Usage: " + syntax.name()).contains(words(syntax.description()));
    for (Option option : syntax.options().getOptions()) {
      assertThat(help).contains("--" + option.getLongOpt());
      assertThat(help).contains(words(option.getDescription()));
    }
    for (Syntax.Entry argument : syntax.arguments()) {
      assertThat(help).contains(argument.label() + " " + argument.description());
    }
    for (Syntax.Entry command : syntax.commands()) {
      assertThat(help).contains(" " + command.label() + " " + words(command.description()));
      assertThat(command.description()).as("a sentence").endsWith(".");
    }
    assertThat(help.contains("Exit codes:")).isEqualTo(syntax.tellsExitCodes());
  }

  @ParameterizedTest
  @MethodSource("all")
  void linesFit(Syntax syntax) {
    assertThat(syntax.help().lines()).allMatch(line -> line.length() <= 100);
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyCommandTellsItsHelpAndVersion(Syntax syntax) {
    assertThat(syntax.optionNames()).contains("help", "version").doesNotHaveDuplicates();
    assertThat(syntax.description()).endsWith(".");
  }
}
