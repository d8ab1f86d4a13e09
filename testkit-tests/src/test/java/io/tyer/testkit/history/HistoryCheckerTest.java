package io.tyer.testkit.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.testkit.history.Violation.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What contradicts itself, what rules leave out, what a verdict rests on. */
class HistoryCheckerTest {

  private final Story story = new Story();

  @Test
  void aHistoryThatContradictsItselfIsAViolation() {
    story.exclusive(1, 1, 10).granted(5, 0);
    story.exclusive(2, 1, 10).then(11, What.BUSY).then(12, What.VALID);
    story.exclusive(3, 1, 10);
    story.exclusive(3, 1, 10);
    story.exclusive(4, 1, 10).then(11, What.BUSY).then(12, What.FAILED);
    story.events().add(new Event(5, 5, 1, What.GRANTED, "a", 0, 0, 0, 0, ""));
    story.acquire(6, 1, 10, "a", 3, 2).then(11, What.BUSY);
    story.exclusive(7, 1, 10);
    story.events().add(new Event(12, 7, 1, What.BUSY, "b", 0, 0, 0, 0, ""));
    assertThat(story.kinds()).hasSize(7).containsOnly(Kind.HISTORY);
  }

  @Test
  void whatEndsWithoutAnOutcomeIsLegal() {
    story.exclusive(1, 1, 0);
    story.exclusive(2, 1, 0).then(3, What.UNKNOWN);
    story.event(2, 1, What.KILLED, "");
    story.accepts(3, 9, "a", 5);
    assertThat(story.verdict().violations()).isEmpty();
  }

  @Test
  void nothingIsFoundInNothing() {
    assertThat(story.verdict().passed()).isTrue();
    assertThat(story.verdict().figures()).contains(new Figure("leases granted", "0"));
  }

  @Test
  void whatIsNotAskedForIsNotFound() {
    story.exclusive(1, 1, 0).granted(5, 10).released(20);
    story.exclusive(2, 1, 1).granted(19, 10).released(30);
    story.rules = story.rules.without(EnumSet.of(Kind.EXCLUSION));
    story.only(Kind.TOKEN_REUSED);
  }

  @Test
  void manyViolationsAreCounted() {
    for (int i = 1; i <= 200; i++) {
      story.exclusive(1, i, i).granted(i, 5).then(i, What.RELEASE);
    }
    assertThat(story.verdict().violations()).hasSize(50);
    assertThat(story.verdict().unexplained()).isEqualTo(149);
  }

  @Test
  void theVerdictTellsWhatItRestsOn() {
    story.exclusive(1, 1, 0).granted(5, 10).released(20);
    story.read(1, 2, 0).granted(20, 0).then(22, What.RELEASE);
    story.exclusive(1, 3, 0).then(3, What.BUSY);
    assertThat(story.verdict().figures())
        .contains(
            new Figure("calls to acquire", "3"),
            new Figure("leases granted", "2"),
            new Figure("leases proved to be held", "1"),
            new Figure("leases with a known token", "1"),
            new Figure("shared leases", "1"));
  }

  /** Quadratic checking of this would take minutes. */
  @Test
  @Timeout(180)
  void longHistoriesAreCheckedInAnyOrder() {
    for (int i = 1; i <= 50_000; i++) {
      story.exclusive(i % 7, i, i * 10L).granted(i * 10L + 1, i).released(i * 10L + 9);
      story.acquire(i % 7, 1_000_000 + i, i, "b", 1, Integer.MAX_VALUE).granted(i, i).valid(i, 99);
    }
    Collections.shuffle(story.events(), new Random(1));
    assertThat(story.verdict().violations()).isEmpty();
    List<Event> events = new ArrayList<>(story.events());
    events.add(new Event(377_774, 8, 1, What.ACQUIRE, "a", 0, 0, 0, 0, ""));
    events.add(new Event(377_774, 8, 1, What.GRANTED, "a", 0, 0, 0, 0, ""));
    events.add(new Event(377_774, 8, 1, What.VALID, "a", 0, 0, 0, 1, ""));
    assertThat(HistoryChecker.check(events, story.rules).violations())
        .extracting(Violation::kind)
        .containsExactly(Kind.EXCLUSION);
  }
}
