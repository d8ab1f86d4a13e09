package io.tyer.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** ARCHITECTURE.md's table has every module of the build, and no other. */
class ModulesTest {
  private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");
  private static final Pattern NAME = Pattern.compile("`([^`]+)`");
  private static final String HEAD = "| module | is |";

  @Test
  void theTableHasAllModules() throws IOException {
    var root = Repository.ofWorkingDirectory().root();
    Set<String> built = all(MODULE, Files.readString(root.resolve("pom.xml")));
    assertThat(built).as("modules in pom.xml").hasSizeGreaterThan(10);
    assertThat(inTable(Files.readAllLines(root.resolve("ARCHITECTURE.md")))).isEqualTo(built);
  }

  @Test
  void readsFirstCellsOfThatTableOnly() {
    List<String> lines =
        List.of("| `x` |", HEAD, "|---|---|", "| `a`, `b/c` | uses `d` |", "", "| `y` |");
    assertThat(inTable(lines)).containsExactly("a", "b/c");
  }

  private static Set<String> inTable(List<String> lines) {
    Set<String> names = new TreeSet<>();
    int row = lines.indexOf(HEAD) + 2;
    assertThat(row).as("the line after %s", HEAD).isGreaterThan(1);
    for (; row < lines.size() && lines.get(row).startsWith("|"); row++) {
      for (String name : all(NAME, lines.get(row).split("\\|", -1)[1])) {
        assertThat(names.add(name)).as("%s has one row", name).isTrue();
      }
    }
    return names;
  }

  private static Set<String> all(Pattern pattern, String text) {
    Set<String> found = new TreeSet<>();
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found;
  }
}
