package io.tyer.benchmarks.rows;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.benchmarks.play.Address;
import io.tyer.benchmarks.play.Board;
import io.tyer.benchmarks.play.Effort;
import io.tyer.benchmarks.play.Latencies;
import io.tyer.benchmarks.report.MarkdownReport;
import io.tyer.benchmarks.report.WhichOne;
import io.tyer.benchmarks.run.Floors;
import io.tyer.benchmarks.run.Machine;
import io.tyer.benchmarks.run.Plan;
import io.tyer.benchmarks.run.Report;
import io.tyer.benchmarks.run.Results;
import io.tyer.benchmarks.run.Run;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(180)
@Tag("full")
class UpdatesRowTest {

  private static final Effort EFFORT = new Effort(50, 300, 1, 1, 1, 1);
  private static final Row HOT = Rows.named("updates-hot-2ms").orElseThrow();

  @TempDir private Path directory;

  private Map<String, Double> play(String address) throws Exception {
    Board board = Board.at(directory.resolve("board"));
    return Players.play(HOT, Address.parse(address), board, EFFORT, List.of(0, 1), 2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "memory:updates",
        "versioned-memory:x",
        "h2:updates",
        "versioned-h2:v",
        "fenced-h2:f"
      })
  void nothingIsLostWhereItIsProtected(String address) throws Exception {
    assertThat(play(address)).containsEntry(ContendedRow.VIOLATIONS, 0.0);
  }

  @Test
  void whatIsLostIsSeen() throws Exception {
    assertThat(play("losing:x").get(ContendedRow.VIOLATIONS)).isPositive();
  }

  @Test
  void underALockItIsComputedOnce() throws Exception {
    assertThat(play("memory:once")).containsEntry(UpdatesRow.TRIES, 1.0);
  }

  @Test
  void whatIsGivenUpIsNoUpdateButTookItsTime() throws Exception {
    Map<String, Double> figures = play("conflicting:x");
    assertThat(figures)
        .containsEntry("updates_per_s", 0.0)
        .containsEntry(UpdatesRow.GIVEN_UP, 100.0)
        .containsEntry(ContendedRow.VIOLATIONS, 0.0)
        .doesNotContainKey(UpdatesRow.TRIES);
    assertThat(figures.get("p50_us")).isGreaterThan(1_500);
  }

  @Test
  void percentilesAreAsNearAsTheirBuckets() throws Exception {
    Board board = Board.at(directory.resolve("latencies"));
    assertThat(Latencies.percentile(board, 50)).isEmpty();
    for (int part = 0; part < 2; part++) {
      Latencies some = new Latencies();
      for (long micros = 1L + part; micros <= 1_000; micros += 2) {
        some.add(micros * 1_000);
      }
      some.tell(board);
    }
    assertThat(Latencies.percentile(board, 50).orElseThrow()).isBetween(0.96 * 500e3, 1.04 * 500e3);
    assertThat(Latencies.percentile(board, 99).orElseThrow()).isBetween(0.96 * 990e3, 1.04 * 990e3);
  }

  @Test
  void aRowsNameMayStandForSeveral() {
    assertThat(Rows.meant("updates")).hasSize(7).allMatch(row -> row instanceof UpdatesRow);
    assertThat(Rows.meant("pairs-1")).containsExactly(Rows.PAIRS_1);
    assertThat(Rows.meant("update")).isEmpty();
  }

  @Test
  void withinATenthOrOnBothSidesItIsEither() {
    assertThat(WhichOne.verdict(0.5, 0.6, 0.7)).isEqualTo("`Versioned`");
    assertThat(WhichOne.verdict(1.5, 1.2, 3)).isEqualTo("the lock");
    assertThat(WhichOne.verdict(0.5, 0.6, 1.1)).isEqualTo("either");
    assertThat(WhichOne.verdict(1.05, 1.08, 1.2)).isEqualTo("either");
  }

  @Test
  void theReportSaysWhichOne() {
    Address address = Address.parse("memory:x");
    Run lock = new Run(HOT, HOT, address);
    Run versioned = Floors.of(HOT, address).get(0);
    Results results = new Results();
    for (int round = 1; round <= 2; round++) {
      results.add(round, lock, Map.of("updates_per_s", 100.0 * round, "p99_us", 10.0));
      results.add(
          round, versioned, Map.of("updates_per_s", 50.0, "p99_us", 30.0, UpdatesRow.TRIES, 2.5));
    }
    Report report =
        new Report(
            "benchmarks/run memory:x",
            Machine.here(),
            List.of(),
            "G1",
            2,
            Effort.FULL,
            new Plan(List.of(HOT), List.of(address), true),
            results,
            List.of());
    assertThat(MarkdownReport.of(report))
        .contains("## Which one")
        .contains("| updates-hot-2ms | `memory:x` | 3 (2 – 4) |  | the lock | 2.5 |  | 3 |  |  |");
  }
}
