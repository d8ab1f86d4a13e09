package io.tyer.benchmarks.rows;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.benchmarks.play.Effort;
import io.tyer.benchmarks.server.GroupLocation;
import io.tyer.benchmarks.server.Listening;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * All rows on three members of the lock server, with TLS; takes a minute, and is not part of the
 * build.
 */
@Timeout(180)
class TyerServerManyRowsTest extends OnLockServer {

  private static final Effort SHORT = new Effort(1_000, 1_000, 1, 20, 1_000, 20);

  @ParameterizedTest
  @ValueSource(strings = {"acquire", "flight-64", "contended", "held-100000"})
  void yieldsItsFigures(String name) throws Exception {
    Map<String, Double> figures = play(name, SHORT);
    for (Figure figure : Rows.named(name).orElseThrow().figures()) {
      if (figure.always()) {
        assertThat(figures).containsKey(figure.key());
      }
    }
    assertThat(figures.values()).allSatisfy(value -> assertThat(value).isFinite());
    assertThat(figures.get(Rows.named(name).orElseThrow().figures().get(0).key())).isPositive();
    assertThat(figures.getOrDefault(ContendedRow.VIOLATIONS, 0.0)).isZero();
  }

  @Test
  void goesOnWithoutItsLeaderWhichComesBack() throws Exception {
    List<OptionalLong> before = processes();
    assertThat(play("failover", SHORT).get("p50_ms")).isPositive();
    List<OptionalLong> after = processes();
    assertThat(after).doesNotContain(OptionalLong.empty());
    assertThat(after.stream().filter(before::contains)).as("those that were not killed").hasSize(2);
  }

  private static List<OptionalLong> processes() throws IOException {
    List<OptionalLong> processes = new ArrayList<>();
    for (String member : GroupLocation.of(place).members()) {
      processes.add(Listening.at(GroupLocation.port(member)));
    }
    return processes;
  }
}
