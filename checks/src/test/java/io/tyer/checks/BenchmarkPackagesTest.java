package io.tyer.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The benchmarks' packages know each other one way only. They are read as sources: no build of them
 * is waited for.
 */
class BenchmarkPackagesTest {

  /** Each may know those before it; the command, in the package above them, all. */
  private static final List<String> ORDER =
      List.of("play", "server", "floors", "peers", "rows", "run", "report");

  private static final Pattern KNOWN = Pattern.compile("\\bio\\.tyer\\.benchmarks\\.([a-z]+)\\.");
  private static final Pattern PACKAGE =
      Pattern.compile("\\bpackage\\s+io\\.tyer\\.benchmarks\\.([a-z.]+);");

  @Test
  void eachKnowsOnlyThoseBeforeIt() {
    List<SourceFile> sources =
        Repository.ofWorkingDirectory().mainSources().stream()
            .filter(file -> file.isIn("benchmarks"))
            .toList();
    assertThat(sources).as("sources found").hasSizeGreaterThan(100);
    assertThat(sources.stream().flatMap(file -> violations(file).stream())).isEmpty();
  }

  @Test
  void bites() {
    String good = "package io.tyer.benchmarks.rows; import io.tyer.benchmarks.peers.A;";
    String bad = "package io.tyer.benchmarks.rows; import static io.tyer.benchmarks.run.A.b;";
    String unknown = "package io.tyer.benchmarks.other; import io.tyer.benchmarks.play.A;";
    assertThat(violations(new SourceFile("a/A.java", good))).isEmpty();
    assertThat(violations(new SourceFile("a/A.java", bad)))
        .containsExactly("a/A.java: rows knows run");
    assertThat(violations(new SourceFile("a/A.java", unknown)))
        .containsExactly("a/A.java: other has no place among " + ORDER);
  }

  private static List<String> violations(SourceFile file) {
    List<String> found = new ArrayList<>();
    String code = JavaCode.of(file.text());
    Matcher own = PACKAGE.matcher(code);
    if (!own.find()) {
      return found;
    }
    int place = ORDER.indexOf(own.group(1));
    if (place < 0) {
      found.add(file.path() + ": " + own.group(1) + " has no place among " + ORDER);
      return found;
    }
    Matcher known = KNOWN.matcher(code.substring(own.end()));
    while (known.find()) {
      if (ORDER.indexOf(known.group(1)) > place) {
        found.add(file.path() + ": " + own.group(1) + " knows " + known.group(1));
      }
    }
    return found;
  }
}
