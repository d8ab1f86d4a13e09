package io.tyer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tyer.command.Refusal;
import io.tyer.command.Syntax;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HelpTest {

  static List<Syntax> commands() {
    return Completion.commands();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandIsExplainedInLinesThatFit(Syntax command) {
    String help = Help.named(command.name().substring("tyer ".length())).help();
    assertThat(help).startsWith("Usage: " + command.name());
    assertThat(help.lines()).allMatch(line -> line.length() <= 100);
    assertThat(command.optionNames())
        .contains("help", "version")
        .allSatisfy(option -> assertThat(help).containsPattern("--" + option + "\\b.*\\S"));
  }

  @Test
  void theOverviewNamesEveryCommand() {
    String overview = Help.overview().help();
    for (Syntax command : commands()) {
      String first = command.name().split(" ", -1)[1];
      assertThat(overview).containsPattern("(?m)^  " + first + " +[A-Z]");
      assertThat(Program.COMMANDS).contains(first);
    }
    assertThat(overview).contains("  demo  ", "--version", "Exit codes:", "128+N");
  }

  @Test
  void whatThereIsNotIsNotExplained() {
    assertThatThrownBy(() -> Help.named("server stop"))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("there is no command 'server stop' to explain");
  }
}
