package io.tyer.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.server.state.Bounds;
import io.tyer.server.state.Command;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpeningTest {

  private static final long NOW = 1_800_000_000_000L;
  private static final long MINUTE = 60_000;
  private static final long YEAR_2100 = 4_102_444_800_000L;

  private static long number(long wallMillis) {
    return wallMillis * 1_000 - Bounds.MICROS_2025;
  }

  private static List<PeerClock> tell(long... clocks) {
    List<PeerClock> all = new ArrayList<>();
    for (long clock : clocks) {
      all.add(new PeerClock("m" + all.size(), clock, 3));
    }
    return all;
  }

  private static Opening of(long wallMillis, int members, long... others) {
    return Opening.of(3, 5, 0, wallMillis, tell(others), members);
  }

  @Test
  void numbersAreRaisedToTheClockOfWhoeverLeads() {
    for (Opening opening :
        List.of(of(NOW, 1), of(NOW, 3, NOW), of(NOW, 3, NOW, NOW - MINUTE), of(NOW, 2, NOW))) {
      assertThat(opening.commands()).containsExactly(new Command.RaiseNumbers(number(NOW)));
      assertThat(opening.alarm()).isEmpty();
    }
  }

  @Test
  void aClockFarAheadOfTheMedianRaisesNothing() {
    long ahead = NOW + 61 * MINUTE;
    assertThat(of(NOW + 59 * MINUTE, 3, NOW, NOW).commands()).hasSize(1);
    for (Opening opening : List.of(of(ahead, 3, NOW, NOW), of(ahead, 2, NOW), of(ahead, 3, NOW))) {
      assertThat(opening.commands()).isEmpty();
      assertThat(opening.alarm()).hasValueSatisfying(why -> assertThat(why).contains("61 minutes"));
    }
    assertThat(of(NOW, 3, NOW - 61 * MINUTE, NOW).commands()).as("one is behind").hasSize(1);
  }

  @Test
  void theYear2100EndsNoNumbers() {
    for (Opening opening : List.of(of(YEAR_2100, 1), of(YEAR_2100, 3, YEAR_2100, YEAR_2100))) {
      assertThat(opening.commands()).isEmpty();
      assertThat(opening.alarm()).isPresent();
    }
    assertThat(of(Opening.LAST_MILLIS, 1).commands()).hasSize(1);
  }

  @Test
  void aClockThatMostHaveNotConfirmedRaisesNothing() {
    assertThat(of(NOW, 3).commands()).isEmpty();
    assertThat(of(NOW, 5, NOW).alarm()).hasValueSatisfying(w -> assertThat(w).contains("most"));
  }

  @Test
  void aClockThatIsBehindLowersNothing() {
    assertThat(Opening.of(3, number(NOW), 0, NOW - MINUTE, List.of(), 1).commands()).isEmpty();
    assertThat(of(0, 1).commands()).isEmpty();
  }

  @Test
  void whatWasPromisedIsExceededWhateverTheClockSays() {
    for (long clock : new long[] {0, YEAR_2100}) {
      assertThat(Opening.of(3, 5, 900, clock, List.of(), 1).commands())
          .containsExactly(new Command.RaiseNumbers(900));
    }
  }

  @Test
  void nothingIsAdoptedUntilAllMembersKnowIt() {
    Command adopt = new Command.Adopt(3);
    assertThat(Opening.of(2, 5, 0, NOW, List.of(), 1).commands())
        .containsExactly(adopt, new Command.RaiseNumbers(number(NOW)));
    assertThat(Opening.of(2, 5, 0, NOW, tell(NOW, NOW), 3).commands()).contains(adopt);
    assertThat(Opening.of(2, 5, 0, NOW, tell(NOW), 3).commands()).as("one is silent").isEmpty();
    List<PeerClock> older = List.of(new PeerClock("a", NOW, 2), new PeerClock("b", NOW, 3));
    Opening withOlder = Opening.of(2, 5, 0, NOW, older, 3);
    assertThat(withOlder.commands()).isEmpty();
    assertThat(withOlder.alarm()).isEmpty();
  }
}
