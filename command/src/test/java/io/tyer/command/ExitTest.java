package io.tyer.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The exit codes, the one table of them, and the programs that are not Java's. */
class ExitTest {

  private static final Pattern ROW = Pattern.compile("(?m)^\\| (\\d+) \\| (.*) \\|$");
  private static final Pattern SCRIPT = Pattern.compile("(?m)\\bexit \"?(?:\\$\\{2:-)?(\\d+)");

  private static String file(String name) throws IOException {
    return Files.readString(Path.of("..").resolve(name));
  }

  @Test
  void theTableNamesEachCodeAndWhatItMeans() throws IOException {
    List<String> rows =
        ROW.matcher(file("docs/cli.md"))
            .results()
            .map(row -> row.group(1) + " " + row.group(2).replace("`", ""))
            .toList();
    assertThat(rows)
        .containsExactlyElementsOf(
            Arrays.stream(Exit.values()).map(exit -> exit.code() + " " + exit.meaning()).toList());
  }

  @Test
  void noTwoHaveTheSameCode() {
    assertThat(Arrays.stream(Exit.values()).map(Exit::code)).doesNotHaveDuplicates();
    assertThat(Exit.ofSignal(15)).isEqualTo(143);
  }

  @Test
  void scriptsThatStartProgramsEndByTheSameCodes() throws IOException {
    for (String script : List.of("tyer", "server-run/server", "examples/demo", "torture")) {
      Stream<String> codes = SCRIPT.matcher(file(script)).results().map(MatchResult::group);
      List<Integer> used =
          codes.map(text -> Integer.valueOf(text.replaceAll(".*?(\\d+)$", "$1"))).toList();
      assertThat(used).as(script).isNotEmpty().isSubsetOf(0, 64, 70);
    }
  }
}
