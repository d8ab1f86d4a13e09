package io.tyer.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tyer.benchmarks.play.Address;
import io.tyer.benchmarks.play.Effort;
import io.tyer.benchmarks.rows.Row;
import io.tyer.benchmarks.rows.Rows;
import io.tyer.benchmarks.run.Floors;
import io.tyer.benchmarks.run.Machine;
import io.tyer.benchmarks.run.Plan;
import io.tyer.benchmarks.run.Report;
import io.tyer.benchmarks.run.Results;
import io.tyer.benchmarks.run.Run;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

class ReportTest {

  private static final Row PAIRS = Rows.named("pairs-1").orElseThrow();
  private static final Address MEMORY = Address.parse("memory:x");

  @TempDir private Path directory;

  private static Report report() {
    Results results = new Results();
    Run floor = Floors.of(PAIRS, MEMORY).get(0);
    for (int round = 1; round <= 3; round++) {
      results.add(round, new Run(PAIRS, PAIRS, MEMORY), Map.of("pairs_per_s", 1e6 * round));
      results.add(round, floor, Map.of("pairs_per_s", 1e7));
    }
    Plan plan = new Plan(List.of(PAIRS), List.of(MEMORY), true);
    return new Report(
        "benchmarks/run memory:x",
        Machine.here(),
        List.of("Redis 7, on this machine"),
        "G1",
        3,
        Effort.FULL,
        plan,
        results,
        List.of("round 1: nothing"));
  }

  @Test
  void theTableHasTheMedianTheRangeTheRatioAndTheTarget() {
    assertThat(MarkdownReport.of(report()))
        .contains("benchmarks/run memory:x")
        .contains("- server: Redis 7, on this machine")
        .contains(
            "| `memory:x` | 2,000,000 (1,000,000 – 3,000,000) | 0.200 × reentrant |"
                + " ≥ 1,000,000: met |")
        .contains("| *reentrant* | 10,000,000 (10,000,000 – 10,000,000) |  |  |")
        .contains("![pairs-1](pairs-1.svg)")
        .contains("- round 1: nothing")
        .endsWith("\n")
        .doesNotEndWith("\n\n");
  }

  @Test
  void theJsonHasEveryRound() throws Exception {
    JsonNode root = new ObjectMapper().readTree(JsonReport.of(report()));
    assertThat(root.at("/format").asInt()).isEqualTo(1);
    assertThat(root.at("/machine/cores").asInt()).isPositive();
    JsonNode lock = root.at("/rows/0/locks/0");
    assertThat(lock.at("/lock").asText()).isEqualTo("memory:x");
    assertThat(lock.at("/subject").asBoolean()).isTrue();
    assertThat(lock.at("/figures/pairs_per_s/median").asDouble()).isEqualTo(2e6);
    assertThat(root.at("/servers/0").asText()).isEqualTo("Redis 7, on this machine");
    assertThat(lock.at("/rounds/3/pairs_per_s").asDouble()).isEqualTo(3e6);
    assertThat(lock.at("/ratios/reentrant").asDouble()).isEqualTo(0.2);
    assertThat(root.at("/failures/0").asText()).isEqualTo("round 1: nothing");
  }

  @Test
  void theFilesHaveTheirNames() throws Exception {
    Path raw = directory.resolve("raw");
    ReportFiles.write(report(), directory.resolve("page"), raw);
    assertThat(directory.resolve("page").resolve("report.md")).exists();
    assertThat(directory.resolve("page").resolve("report.json")).doesNotExist();
    assertThat(raw.resolve("report.json")).exists();
    Document chart = parsed(Files.readString(directory.resolve("page").resolve("pairs-1.svg")));
    assertThat(chart.getDocumentElement().getTagName()).isEqualTo("svg");
    assertThat(chart.getDocumentElement().getTextContent())
        .contains("Tyer in memory", "floor: ReentrantLock", "pairs/s: higher is better");
  }

  @Test
  void aPageIsReadBackAsItWasWritten() throws Exception {
    ReportFiles.write(report(), directory, directory);
    FiguresPage page = FiguresPage.in(directory);
    assertThat(page.warmUpSeconds()).isEqualTo(Effort.FULL.warmUpMillis() / 1e3);
    assertThat(page.tables())
        .containsExactly(
            new FiguresPage.Table(
                PAIRS,
                List.of(
                    new FiguresPage.Line(
                        "memory:x", new Results.Spread(2e6, 1e6, 3e6), Map.of("reentrant", 0.2)),
                    new FiguresPage.Line(
                        "reentrant", new Results.Spread(1e7, 1e7, 1e7), Map.of()))));
  }

  private static Document parsed(String xml) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
  }
}
