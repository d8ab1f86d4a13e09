package io.tyer.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PackagesTest {
  private static final Pattern NULL_MARKED = Pattern.compile("@NullMarked\\s+package\\s");

  @Test
  void everyPackageIsNullMarked() {
    List<SourceFile> sources = Repository.ofWorkingDirectory().mainSources();
    assertThat(sources).as("main sources found").hasSizeGreaterThan(20);
    assertThat(notNullMarked(sources)).isEmpty();
  }

  @Test
  void bites() {
    SourceFile type = new SourceFile("core/src/main/java/io/tyer/A.java", "package io.tyer;");
    String info = "core/src/main/java/io/tyer/package-info.java";
    assertThat(notNullMarked(List.of(type))).containsExactly("core/src/main/java/io/tyer");
    assertThat(notNullMarked(List.of(type, new SourceFile(info, "package io.tyer;")))).hasSize(1);
    assertThat(
            notNullMarked(
                List.of(type, new SourceFile(info, "/** @NullMarked */\npackage io.tyer;"))))
        .hasSize(1);
    assertThat(
            notNullMarked(
                List.of(type, new SourceFile(info, "/** A. */\n@NullMarked\npackage io.tyer;"))))
        .isEmpty();
  }

  /** The directories that hold types but no package-info.java with @NullMarked. */
  private static List<String> notNullMarked(List<SourceFile> sources) {
    Map<String, Boolean> marked = new TreeMap<>();
    for (SourceFile file : sources) {
      if (!file.name().equals("module-info.java")) {
        boolean here =
            file.name().equals("package-info.java")
                && NULL_MARKED.matcher(JavaCode.of(file.text())).find();
        marked.merge(file.directory(), here, Boolean::logicalOr);
      }
    }
    return marked.entrySet().stream().filter(e -> !e.getValue()).map(Map.Entry::getKey).toList();
  }
}
