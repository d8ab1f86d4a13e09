package io.tyer.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.benchmarks.rows.Row;
import io.tyer.benchmarks.rows.Rows;
import io.tyer.benchmarks.run.Results;
import io.tyer.drawing.BarChart.Drawn;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ChartsTest {

  private static final Path PAGES = Path.of("../docs/benchmarks");

  private static FiguresPage page(String name, double warmUp, double ratio) {
    Row row = Rows.named("contended").orElseThrow();
    return new FiguresPage(
        name,
        warmUp,
        List.of(
            new FiguresPage.Table(
                row,
                List.of(
                    new FiguresPage.Line(
                        "redis:",
                        new Results.Spread(1, 1, 1),
                        Map.of("redisson", ratio, "lettuce", 7.0))))));
  }

  @Test
  void everyChartShowsWhatItsPageSays() throws Exception {
    Map<Path, String> charts = Charts.below(PAGES);
    assertThat(charts).containsKey(PAGES.resolve(Charts.OVERVIEW)).hasSizeGreaterThan(50);
    for (Map.Entry<Path, String> chart : charts.entrySet()) {
      assertThat(chart.getKey())
          .as("drawn by: ./benchmarks/run --draw docs/benchmarks")
          .hasContent(chart.getValue());
    }
    try (Stream<Path> files = Files.walk(PAGES)) {
      assertThat(files.filter(file -> file.toString().endsWith(".svg")))
          .as("charts of a page")
          .allMatch(charts::containsKey);
    }
  }

  @Test
  void theOverviewHasOnlyWhatWasWarmAndNoFloor() {
    assertThat(Charts.overview(List.of(page("cold", 8, 23.7), page("warm", 20, 12.9))))
        .contains("12.9", "Redisson", "warm")
        .doesNotContain("23.7", "cold", "floor");
  }

  @Test
  void theLongestWarmUpCounts() {
    assertThat(Charts.overview(List.of(page("short", 20, 23.7), page("long", 25, 12.9))))
        .contains("12.9", "(long)")
        .doesNotContain("23.7");
  }

  @Test
  void whateverStandsInAPageHasANameForPeople() throws Exception {
    try (Stream<Path> pages = Files.list(PAGES)) {
      for (Path page : pages.filter(Files::isDirectory).toList()) {
        FiguresPage.in(page).tables().stream()
            .flatMap(table -> table.lines().stream())
            .forEach(line -> assertThat(Player.of(line.label()).name()).matches(".*[A-Z ].*"));
      }
    }
  }

  @Test
  void tyerHasAColourOfItsOwnAndEachLibraryOne() {
    assertThat(Player.of("file:target/locks?bias=true"))
        .isEqualTo(new Player("Tyer on files, with bias", Player.OF_TYER, Player.Kind.TYER));
    assertThat(Player.of("versioned-redis"))
        .isEqualTo(new Player("Versioned, no lock on Redis", Player.OF_TYER, Player.Kind.TYER));
    assertThat(Player.of("spring-postgresql")).isEqualTo(Player.of("spring-h2"));
    assertThat(Player.of("redisson").colour())
        .isEqualTo(Player.of("redisson-fair").colour())
        .isNotEqualTo(Player.OF_TYER)
        .isNotEqualTo(Player.of("spring-redis").colour());
    assertThat(Player.of("insert-later-postgresql").kind().drawn()).isEqualTo(Drawn.STROKE);
    assertThat(Player.of("redis:, wake-up").name()).isEqualTo("Tyer on Redis, wake-up");
  }
}
