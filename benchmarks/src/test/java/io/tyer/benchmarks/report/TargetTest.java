package io.tyer.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.benchmarks.play.Address;
import io.tyer.benchmarks.rows.Row;
import io.tyer.benchmarks.rows.Rows;
import io.tyer.benchmarks.run.Floors;
import io.tyer.benchmarks.run.Run;
import java.util.List;
import org.junit.jupiter.api.Test;

class TargetTest {

  @Test
  void withTlsTheLockServerStandsBesideItselfWithout() {
    Address secured = Address.parse("tyer:?tls=on");
    for (String name : List.of("acquire", "flight-64", "flight-512")) {
      Run run = new Run(row(name), row(name), secured);
      assertThat(Floors.of(row(name), secured))
          .contains(new Run(row(name), row(name), Address.parse("tyer:")));
      assertThat(Target.of(run)).hasSize(1);
      assertThat(Target.of(run).get(0).rival().orElseThrow().beside(run)).isPresent();
    }
  }

  @Test
  void targetsOnPostgresAreMeasuredBesideWhatTheyName() {
    Address postgres = Address.parse("postgresql:");
    for (Row row : Rows.ALL) {
      for (Target target : Target.of(new Run(row, row, postgres))) {
        target
            .rival()
            .ifPresent(rival -> assertThat(rival.beside(new Run(row, row, postgres))).isPresent());
      }
    }
    assertThat(Target.of(new Run(Rows.WAKE_UP, Rows.WAKE_UP, postgres))).hasSize(1);
    assertThat(Target.of(new Run(Rows.WAKE_UP, Rows.WAKE_UP, Address.parse("h2:")))).isEmpty();
  }

  private static Row row(String name) {
    return Rows.named(name).orElseThrow();
  }
}
