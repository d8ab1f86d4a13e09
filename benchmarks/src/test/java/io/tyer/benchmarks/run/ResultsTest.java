package io.tyer.benchmarks.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.benchmarks.play.Address;
import io.tyer.benchmarks.report.Target;
import io.tyer.benchmarks.rows.ContendedRow;
import io.tyer.benchmarks.rows.Row;
import io.tyer.benchmarks.rows.Rows;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResultsTest {

  private static final Row ROW = Rows.named("pairs-1").orElseThrow();
  private static final Run SUBJECT = new Run(ROW, ROW, Address.parse("memory:x"));
  private static final Run FLOOR = new Run(ROW, ROW, Address.parse("reentrant:floor"));

  private final Results results = new Results();

  private void add(int round, Run run, double pairs) {
    results.add(round, run, Map.of("pairs_per_s", pairs));
  }

  @Test
  void aRatioIsTheMedianOfTheRounds() {
    // The machine was ten times slower in the second round, for both.
    add(1, SUBJECT, 500);
    add(1, FLOOR, 1_000);
    add(2, FLOOR, 100);
    add(2, SUBJECT, 60);
    add(3, SUBJECT, 400);
    add(3, FLOOR, 1_000);
    assertThat(results.ratio(SUBJECT, FLOOR)).hasValue(0.5);
    Results.Spread spread = results.spread(SUBJECT, ROW.figures().get(0));
    assertThat(spread).isEqualTo(new Results.Spread(400, 60, 500));
  }

  @Test
  void roundsWithoutTheOtherDoNotCount() {
    add(1, SUBJECT, 500);
    add(2, FLOOR, 100);
    assertThat(results.ratio(SUBJECT, FLOOR)).isEmpty();
    add(2, SUBJECT, 25);
    assertThat(results.ratio(SUBJECT, FLOOR)).hasValue(0.25);
  }

  @Test
  void violationsAddUp() {
    results.add(1, SUBJECT, Map.of(ContendedRow.VIOLATIONS, 2.0));
    results.add(2, SUBJECT, Map.of(ContendedRow.VIOLATIONS, 1.0));
    assertThat(results.violations()).isEqualTo(3);
  }

  @Test
  void aTargetIsMetOrNot() {
    add(1, SUBJECT, 999_999);
    assertThat(verdict(SUBJECT)).isEqualTo("≥ 1,000,000: **not met**");
    add(1, SUBJECT, 1_000_000);
    assertThat(verdict(SUBJECT)).isEqualTo("≥ 1,000,000: met");
  }

  @Test
  void aTargetCanBeARatioToAFloor() {
    Run biased = new Run(ROW, ROW, Address.parse("memory:x?bias=true"));
    Run floor = Floors.of(ROW, biased.subject()).get(0);
    add(1, biased, 6_000_000);
    assertThat(Target.of(biased)).hasSize(2);
    assertThat(Target.of(biased).get(1).verdict(results, biased))
        .isEqualTo("≥ 0.300 × floor: not measured");
    add(1, floor, 10_000_000);
    assertThat(Target.of(biased).get(1).verdict(results, biased))
        .isEqualTo("≥ 0.300 × floor: met (0.600)");
  }

  @Test
  void aTargetCanBeARatioOfAnotherFigure() {
    Row row = Rows.named("acquire").orElseThrow();
    Run tyer = new Run(row, row, Address.parse("tyer:"));
    results.add(1, tyer, Map.of("p50_us", 1_200.0, "p99_us", 6_000.0));
    for (Run beside : Floors.of(row, tyer.subject())) {
      results.add(1, beside, Map.of("p50_us", 1_000.0, "p99_us", 2_000.0));
    }
    assertThat(Target.of(tyer).stream().map(target -> target.verdict(results, tyer)))
        .containsExactly(
            "≤ 1.5 × etcd put: met (1.20)", "p99 µs ≤ 2.5 × etcd put: **not met** (3)");
  }

  @Test
  void aTargetCanBeARatioToTheBestOfSeveralInTheSameRound() {
    Run redis = new Run(ROW, ROW, Address.parse("redis:"));
    Run plain = new Run(ROW, ROW, Address.parse("redisson:"));
    Run fair = new Run(ROW, ROW, Address.parse("redisson-fair:"));
    Run fenced = new Run(ROW, ROW, Address.parse("redisson-fenced:"));
    add(1, redis, 130);
    add(1, plain, 100);
    add(1, fair, 10);
    assertThat(verdict(redis)).isEqualTo("≥ 1.25 × Redisson's best: not measured");
    add(1, fenced, 90);
    assertThat(verdict(redis)).isEqualTo("≥ 1.25 × Redisson's best: met (1.30)");
    // In this round another one is the best.
    add(2, redis, 120);
    add(2, plain, 90);
    add(2, fair, 10);
    add(2, fenced, 120);
    assertThat(verdict(redis)).isEqualTo("≥ 1.25 × Redisson's best: **not met** (1.15)");
  }

  @Test
  void theBestOfWaitsIsTheShortest() {
    Row row = Rows.WAKE_UP;
    Run redis = new Run(row, row, Address.parse("redis:"));
    results.add(1, redis, Map.of("p50_us", 300.0));
    results.add(1, new Run(row, row, Address.parse("redisson:")), Map.of("p50_us", 900.0));
    results.add(1, new Run(row, row, Address.parse("redisson-fair:")), Map.of("p50_us", 1200.0));
    results.add(1, new Run(row, row, Address.parse("redisson-fenced:")), Map.of("p50_us", 1000.0));
    assertThat(verdict(redis)).isEqualTo("≤ 0.350 × Redisson's best: met (0.333)");
  }

  @Test
  void aTargetCanBeAnotherFigure() {
    Row row = Rows.named("contended").orElseThrow();
    Run redis = new Run(row, row, Address.parse("redis:"));
    results.add(1, redis, Map.of("pairs_per_s", 300.0, "fairness", 0.7));
    assertThat(Target.of(redis).get(1).verdict(results, redis))
        .isEqualTo("slowest / fastest thread ≥ 0.800: **not met**");
  }

  private String verdict(Run run) {
    return Target.of(run).get(0).verdict(results, run);
  }
}
