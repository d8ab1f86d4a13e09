package io.tyer.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** ARCHITECTURE.md names the tests that show each promise, and code that upholds one cites it. */
class PromisesTest {
  private static final Pattern TEST_NAME =
      Pattern.compile("`(?:[\\w.]+\\.)?(\\w+(?:Test|Contract))`");
  private static final Repository REPOSITORY = Repository.ofWorkingDirectory();

  @ParameterizedTest
  @ValueSource(strings = {"S1", "S2", "S3", "S4", "S5", "L1", "L2", "L3"})
  void isTestedAndCited(String promise) throws IOException {
    Path architecture = REPOSITORY.root().resolve("ARCHITECTURE.md");
    assertThat(architecture).as("the document with the table of promises").isRegularFile();

    Pattern start = Pattern.compile("\\| *\\**" + promise + "\\b.*");
    List<String> rows =
        Files.readAllLines(architecture).stream()
            .filter(line -> start.matcher(line).matches())
            .toList();
    assertThat(rows).as("rows of ARCHITECTURE.md that begin with | %s", promise).hasSize(1);

    List<String> named =
        TEST_NAME.matcher(rows.get(0)).results().map(match -> match.group(1)).toList();
    assertThat(named)
        .as("tests in backticks in ARCHITECTURE.md's row for %s", promise)
        .isNotEmpty();
    assertThat(classNames())
        .as("test classes; ARCHITECTURE.md's row for %s names %s", promise, named)
        .containsAll(named);

    Pattern cited = Pattern.compile("\\b" + promise + "\\b");
    assertThat(REPOSITORY.mainSources())
        .as("main sources that cite promise %s", promise)
        .anyMatch(file -> cited.matcher(file.text()).find());
  }

  /** Tests, and the suites that the test kit publishes. */
  private static Set<String> classNames() {
    return Stream.concat(
            REPOSITORY.testSources().stream(),
            REPOSITORY.mainSources().stream().filter(file -> file.isIn("testkit")))
        .map(file -> file.name().replace(".java", ""))
        .collect(Collectors.toSet());
  }
}
