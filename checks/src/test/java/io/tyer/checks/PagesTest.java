package io.tyer.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pages for people: README is one that can be read, and links lead somewhere. */
class PagesTest {
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s:]+)(#[^)\\s]*)?\\)");
  private static final Path ROOT = Repository.ofWorkingDirectory().root();

  @Test
  void readmeHasAtMostAHundredLines() throws IOException {
    assertThat(Files.readAllLines(ROOT.resolve("README.md"))).hasSizeLessThanOrEqualTo(100);
  }

  @Test
  void linksLeadSomewhere() throws IOException {
    List<Path> pages = new ArrayList<>(pages(ROOT, 1));
    for (String directory :
        List.of(
            "docs",
            "examples",
            "deploy",
            "testkit",
            "servers",
            "cli",
            "command",
            "stores",
            "torture-run")) {
      pages.addAll(pages(ROOT.resolve(directory), 9));
    }
    assertThat(pages).as("pages found").hasSizeGreaterThan(20);
    assertThat(broken(pages)).isEmpty();
  }

  @Test
  void bites(@TempDir Path directory) throws IOException {
    Path page = directory.resolve("page.md");
    Files.writeString(page, "[a](page.md#part) [b](gone.md), ![c](gone.svg) [d](https://host/e)");
    assertThat(broken(List.of(page))).containsExactly(page + ": gone.md", page + ": gone.svg");
  }

  private static List<Path> pages(Path directory, int depth) throws IOException {
    try (Stream<Path> files = Files.find(directory, depth, (file, unused) -> isPage(file))) {
      return files.sorted().toList();
    }
  }

  private static boolean isPage(Path file) {
    return file.toString().endsWith(".md") && !file.toString().contains("/target/");
  }

  private static List<String> broken(List<Path> pages) throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path page : pages) {
      LINK.matcher(Files.readString(page))
          .results()
          .map(link -> link.group(1))
          .filter(link -> !Files.exists(page.resolveSibling(link)))
          .forEach(link -> broken.add(page + ": " + link));
    }
    return broken;
  }
}
