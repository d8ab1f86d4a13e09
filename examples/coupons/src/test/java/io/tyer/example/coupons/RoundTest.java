package io.tyer.example.coupons;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What is found out when a round does not come out as expected. */
class RoundTest {

  private static final int STOCK = 10;
  private static final Settings SETTINGS =
      new Settings("", "", STOCK, 2, Duration.ofSeconds(1), Duration.ofMillis(1));

  private static final Audit SOLD_OUT = new Audit(STOCK, 0, STOCK, 0, 0);
  private static final Audit OVERSOLD = new Audit(STOCK, 0, STOCK + 1, 0, 0);

  private final List<Event> events = new ArrayList<>();

  private void happens(int milliseconds, EventKind kind) {
    events.add(new Event(TimeUnit.MILLISECONDS.toNanos(milliseconds), 1, kind, ""));
  }

  /** An expectation that is missed is seen in the table, beside what happened. */
  @Test
  void theTableSaysWhatIsNotAsExpected() {
    RoundResult result =
        new RoundResult(Round.LOCK, SETTINGS, 0, List.of(), List.of("a failure"), OVERSOLD);
    assertThat(Scoreboard.table(List.of(result)).get(1))
        .matches("2 lock +exactly 10 +sold 11 of 10: 1 too many +NOT AS EXPECTED");
  }

  private List<String> broken(Round round, Audit audit) {
    for (int i = 1; i <= audit.sold(); i++) {
      happens(i, EventKind.SOLD);
    }
    List<String> broken =
        new RoundResult(round, SETTINGS, 0, List.copyOf(events), List.of(), audit).broken();
    events.clear();
    return broken;
  }

  @Test
  void isContentWithWhatWasExpected() {
    assertThat(broken(Round.NO_LOCK, OVERSOLD)).isEmpty();
    assertThat(broken(Round.LOCK, SOLD_OUT)).isEmpty();
  }

  @Test
  void aSaleThatOversellsOrDoesNot() {
    assertThat(broken(Round.NO_LOCK, SOLD_OUT)).containsExactly("nothing was oversold");
    assertThat(broken(Round.LOCK, OVERSOLD)).containsExactly("1 were oversold");
  }

  @Test
  void whatTheDatabaseSaysBesides() {
    assertThat(broken(Round.LOCK, new Audit(STOCK, 1, STOCK - 1, 2, 3)))
        .containsExactly(
            "only 9 were sold",
            "1 are said to be left",
            "2 went to users beyond the limit",
            "3 orders have no redemption");
    happens(1, EventKind.SOLD);
    assertThat(broken(Round.LOCK, SOLD_OUT))
        .containsExactly("buyers say they sold 11, the database 10");
  }

  @Test
  void aBlowThatDidNotFall() {
    assertThat(broken(Round.KILLED, SOLD_OUT)).containsExactly("0 buyers were struck");
  }

  @Test
  void aFenceThatDidNotRefuse() {
    happens(1, EventKind.PAUSED);
    assertThat(broken(Round.FENCED, SOLD_OUT)).containsExactly("the fence refused 0 writes, not 1");
  }

  @Test
  void aSaleThatStandsStill() {
    happens(-10_000, EventKind.SOLD);
    happens(0, EventKind.KILLED);
    Audit audit = new Audit(STOCK + 1, 0, STOCK + 1, 0, 0);
    for (int i = 0; i < STOCK; i++) {
      happens(i, EventKind.SOLD);
    }
    RoundResult result =
        new RoundResult(Round.KILLED, SETTINGS, 0, List.copyOf(events), List.of(), audit);
    assertThat(result.stall()).isEqualTo(Duration.ofSeconds(10));
    assertThat(result.broken()).containsExactly("nobody sold for 10.00 s, more than 3.00 s");
  }
}
