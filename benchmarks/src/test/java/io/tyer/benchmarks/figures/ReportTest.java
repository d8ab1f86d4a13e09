package io.tyer.benchmarks.figures;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
    ReportFiles.write(report(), directory);
    assertThat(directory.resolve("report.md")).exists();
    assertThat(directory.resolve("report.json")).exists();
    Document chart = parsed(Files.readString(directory.resolve("pairs-1.svg")));
    assertThat(chart.getDocumentElement().getTagName()).isEqualTo("svg");
    assertThat(chart.getElementsByTagName("rect").getLength()).isEqualTo(3);
  }

  @Test
  void chartsEscapeWhatTheySay() throws Exception {
    Results.Spread spread = new Results.Spread(2, 1, 3);
    String svg =
        SvgChart.of("a<b", "\"c\" & d", List.of(List.of(new SvgChart.Bar("x&y<z>", true, spread))));
    assertThat(parsed(svg).getDocumentElement().getTextContent())
        .contains("a<b")
        .contains("\"c\" & d")
        .contains("x&y<z>");
  }

  @Test
  void aChartOfZerosIsStillOne() throws Exception {
    Results.Spread none = new Results.Spread(0, 0, 0);
    String svg = SvgChart.of("a", "b", List.of(List.of(new SvgChart.Bar("c", true, none))));
    assertThat(parsed(svg).getElementsByTagName("text").getLength()).isEqualTo(3);
    assertThat(svg).doesNotContain("NaN");
  }

  private static Document parsed(String xml) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
  }
}
