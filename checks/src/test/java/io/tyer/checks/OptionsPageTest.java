package io.tyer.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.TyerOption;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/** docs/options.md says of each option what the code says, and of no other. */
class OptionsPageTest {

  @Test
  void thePageListsTheOptionsAsTheyAre() throws IOException {
    List<String> rows =
        Files.readAllLines(Repository.ofWorkingDirectory().root().resolve("docs/options.md"))
            .stream()
            .filter(line -> line.startsWith("| `"))
            .toList();
    assertThat(rows)
        .containsExactlyElementsOf(
            List.of(TyerOption.values()).stream().map(OptionsPageTest::row).toList());
  }

  private static String row(TyerOption option) {
    return String.format(
        "| `%s` | `%s` | %s | %s |",
        option.key(), option.environmentName(), option.defaultText(), option.description());
  }
}
