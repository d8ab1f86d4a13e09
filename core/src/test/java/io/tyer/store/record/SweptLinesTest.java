package io.tyer.store.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tyer.line.Line;
import io.tyer.line.LockName;
import io.tyer.line.RequestId;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Media that keep the high-water mark themselves and remove lines without tickets. */
class SweptLinesTest {

  private static final LockName A = LockName.of("a");

  private final World world = new World(3);
  private final Shelf shelf = new Shelf(world, 1);
  private final Client one = new Client(shelf, "one");
  private final Client two = new Client(shelf, "two");

  @BeforeEach
  void keepAMark() {
    shelf.mark.set(0);
  }

  private static long takeAndLeave(Client client) {
    RequestId request = client.request();
    long number = client.take(A, request);
    assertThat(client.leave(A, request, number).value()).isTrue();
    return number;
  }

  /** At each step of the one's making of the line, the other's comes, is used, and goes. */
  @Test
  void numbersGrowHoweverTheLineComesAndGoesWhileAnotherIsMadeOfIt() {
    int struck = 0;
    for (HookedMedium.Call call :
        new HookedMedium.Call[] {
          HookedMedium.Call.READ, HookedMedium.Call.REPLACE, HookedMedium.Call.MARK
        }) {
      for (boolean after : new boolean[] {false, true}) {
        for (int step = 0; step < 4; step++) {
          shelf.sweepLines();
          int[] calls = {step};
          long[] other = {0};
          one.medium.hook =
              new HookedMedium.Hook() {
                @Override
                public void before(HookedMedium.Call made, RecordKey at) {
                  interfere(made, !after);
                }

                @Override
                public void after(HookedMedium.Call made, RecordKey at) {
                  interfere(made, after);
                }

                private void interfere(HookedMedium.Call made, boolean now) {
                  if (now && made == call && calls[0]-- == 0 && lineIsEmpty()) {
                    shelf.sweepLines();
                    other[0] = takeAndLeave(two);
                    shelf.sweepLines();
                  }
                }
              };
          long number = one.take(A, one.request());
          one.medium.hook = HookedMedium.NOTHING;
          assertThat(number).as("%s %s %d", call, after, step).isGreaterThan(other[0]);
          struck += other[0] > 0 ? 1 : 0;
          shelf.records.keySet().removeIf(key -> key.kind() == RecordKey.Kind.LINES);
          shelf.mark.accumulateAndGet(number, Math::max);
        }
      }
    }
    assertThat(struck).as("interferences").isGreaterThan(6);
  }

  private boolean lineIsEmpty() {
    try {
      return shelf.line(A).isEmpty();
    } catch (MalformedRecordException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void noRecordIsKeptForTheMark() {
    takeAndLeave(one);
    assertThat(shelf.keys(RecordKey.Kind.SHARED))
        .doesNotContain(new RecordKey(RecordKey.Kind.SHARED, "numbers"));
  }

  @Test
  void aSweepRemovesLinesWithoutTicketsOnly() {
    LockName held = LockName.of("held");
    Shelf many = new Shelf(world, 1_000);
    many.mark.set(0);
    Client client = new Client(many, "client");
    long kept = client.take(held, client.request());
    takeAndLeave(client);
    assertThat(many.keys(RecordKey.Kind.LINES)).hasSize(2);
    client.beatAndSweep();
    assertThat(many.keys(RecordKey.Kind.LINES)).containsExactly(many.home(held));
    assertThat(takeAndLeave(client)).isPositive();
    assertThat(kept).isPositive();
  }

  @Test
  void aRecordOfLinesIsReadAndWrittenAlike() {
    Line line = Line.empty(4).enter(one.exclusive(one.request()), 5, 1).line();
    LinesRecord record = new LinesRecord(4, new TreeMap<>(Map.of(A, line)));
    LinesRecord again = LinesRecord.of(record.content());
    assertThat(again.floor()).isEqualTo(4);
    assertThat(again.lines().keySet()).containsExactly(A);
    assertThat(again.content()).isEqualTo(record.content());
  }

  @Test
  void whatIsNoRecordOfLinesIsRefused() {
    assertThatThrownBy(() -> LinesRecord.of(new byte[] {1}))
        .isInstanceOf(IllegalArgumentException.class);
    TreeMap<LockName, Line> empty = new TreeMap<>(Map.of(A, Line.empty(4)));
    assertThatThrownBy(() -> new LinesRecord(4, empty))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is empty");
    assertThatThrownBy(() -> new LinesRecord(-2, new TreeMap<>()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
