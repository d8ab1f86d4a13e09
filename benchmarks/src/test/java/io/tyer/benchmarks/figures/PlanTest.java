package io.tyer.benchmarks.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PlanTest {

  private static final List<Address> SUBJECTS =
      List.of(
          Address.parse("memory:x"), Address.parse("file:d"), Address.parse("file:d?bias=true"));

  private static List<String> order(List<Run> runs) {
    return runs.stream().map(run -> run.section().name() + " " + Report.label(run)).toList();
  }

  private static Plan plan(boolean floors, String... rows) {
    return new Plan(
        List.of(rows).stream().map(row -> Rows.named(row).orElseThrow()).toList(),
        SUBJECTS,
        floors);
  }

  @Test
  void subjectsStandBesideTheirFloors() {
    assertThat(order(plan(true, "pairs-1").round(1)))
        .containsExactly(
            "pairs-1 memory:x",
            "pairs-1 reentrant",
            "pairs-1 file:d",
            "pairs-1 hard-link",
            "pairs-1 try-lock",
            "pairs-1 file:d?bias=true",
            "pairs-1 clocked");
  }

  @Test
  void everyOtherRoundGoesBackwardsWithinARow() {
    assertThat(order(plan(true, "contended", "wake-up").round(2)))
        .startsWith("contended file:d?bias=true")
        .containsSubsequence("contended mapped", "contended file:d", "contended memory:x")
        .endsWith("wake-up memory:x");
    assertThat(plan(true, "contended").round(3)).isEqualTo(plan(true, "contended").round(1));
  }

  @Test
  void aRecallStandsBesideAnOrdinaryWakeUpOfTheSameStore() {
    assertThat(order(plan(true, "recall").round(1)))
        .containsExactly("recall file:d?bias=true", "recall file:d, wake-up");
    assertThat(plan(true, "recall").skipped()).containsKey("recall of memory:x");
  }

  @Test
  void floorsCanBeLeftOut() {
    assertThat(order(plan(false, "pairs-1").round(1)))
        .containsExactly("pairs-1 memory:x", "pairs-1 file:d", "pairs-1 file:d?bias=true");
  }

  @Test
  void withoutBatonsOnlyWhoHasThemIsChanged() {
    Row row = Rows.named("contended-no-batons").orElseThrow();
    assertThat(row.adapted(Address.parse("file:d?ttl=5s")).uri())
        .isEqualTo("file:d?ttl=5s&batons=0");
  }
}
