package io.tyer.testkit.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ScheduleTest {

  private static final long MILLIS = 60_000;
  private static final int WORKERS = 4;

  private static List<Blow> draw(long seed, Set<FaultKind> kinds, long millis) {
    return Schedule.draw(new SplittableRandom(seed), kinds, WORKERS, TtlRange.SHORT, millis);
  }

  @Test
  void theSameSeedMakesTheSameSchedule() {
    List<Blow> blows = draw(42, FaultKind.all(), MILLIS);
    assertThat(draw(42, FaultKind.all(), MILLIS)).isEqualTo(blows);
    assertThat(draw(43, FaultKind.all(), MILLIS)).isNotEqualTo(blows);
  }

  @Test
  void eachKindComesBeforeAnyComesAgain() {
    for (long seed = 0; seed < 50; seed++) {
      List<Blow> blows = draw(seed, FaultKind.all(), MILLIS);
      int kinds = FaultKind.all().size();
      assertThat(blows).hasSizeGreaterThan(2 * kinds);
      assertThat(blows.stream().limit(kinds).map(Blow::kind).collect(Collectors.toSet()))
          .isEqualTo(FaultKind.all());
    }
  }

  @Test
  void aShortRunHasRoomForEachKind() {
    Set<FaultKind> kinds =
        EnumSet.of(
            FaultKind.PAUSE,
            FaultKind.SHORT_PAUSE,
            FaultKind.KILL,
            FaultKind.DISK_FULL,
            FaultKind.READ_ONLY,
            FaultKind.CLOCK);
    for (long seed = 0; seed < 50; seed++) {
      assertThat(draw(seed, kinds, 15_000).stream().map(Blow::kind).collect(Collectors.toSet()))
          .isEqualTo(kinds);
    }
  }

  @Test
  void allStrikeInTimeAndPausesOutlastEveryTtl() {
    for (Blow blow : draw(1, FaultKind.all(), MILLIS)) {
      assertThat(blow.atMillis()).isBetween(0L, MILLIS);
      assertThat(blow.victim()).isBetween(0, WORKERS - 1);
      if (blow.kind() == FaultKind.PAUSE) {
        assertThat(blow.durationMillis()).isGreaterThan(TtlRange.SHORT.longestMillis());
      }
    }
    assertThat(draw(1, Set.of(), MILLIS)).isEmpty();
  }
}
