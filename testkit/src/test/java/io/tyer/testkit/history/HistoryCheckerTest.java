package io.tyer.testkit.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.testkit.history.Violation.Kind;
import io.tyer.testkit.history.Violation.LeaseId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each kind of violation, and what is close to one and is none. */
class HistoryCheckerTest {

  private final Story story = new Story();
  private Rules rules = Rules.all();

  private Verdict verdict() {
    return HistoryChecker.check(story.events(), rules);
  }

  private List<Kind> kinds() {
    return verdict().violations().stream().map(Violation::kind).toList();
  }

  private Violation only(Kind kind) {
    List<Violation> violations = verdict().violations();
    assertThat(violations).hasSize(1);
    assertThat(violations.get(0).kind()).isEqualTo(kind);
    return violations.get(0);
  }

  // ---- S1

  @Test
  void leasesOneAfterTheOtherAreLegal() {
    story.exclusive(1, 1, 0).granted(5, 10).released(20);
    story.exclusive(2, 1, 1).granted(20, 11).released(30);
    story.read(3, 1, 2).granted(30, 12).released(40);
    story.read(4, 1, 2).granted(31, 13).released(41);
    assertThat(verdict().violations()).isEmpty();
  }

  @Test
  void twoExclusiveLeasesAtOneTimeAreAViolation() {
    story.event(0, 0, What.FAULT, "partition of 1");
    story.exclusive(1, 1, 0).granted(5, 10).released(20);
    story.exclusive(2, 7, 1).granted(19, 11).released(30);
    story.event(25, 3, What.KILLED, "");
    Violation violation = only(Kind.EXCLUSION);
    assertThat(violation.leases()).containsExactly(new LeaseId(1, 1), new LeaseId(2, 7));
    assertThat(violation.from()).isEqualTo(0);
    assertThat(violation.to()).isEqualTo(30);
    assertThat(violation.text())
        .contains("Lock \"a\": two conflicting leases were valid at the same time")
        .contains("from +0.000000019 s to +0.000000020 s")
        .contains("process 1, acquire 1 (exclusive, token 10)")
        .contains("process 2, acquire 7 (exclusive, token 11)")
        .contains("called at +0.000000001 s, granted at +0.000000019 s")
        .contains("giving back from +0.000000030 s")
        .contains("partition of 1 at +0.000000000 s and not ended")
        .contains("process 3 killed at +0.000000025 s");
  }

  @Test
  void aReaderBesideAWriterIsAViolation() {
    story.read(1, 1, 0).granted(5, 10).released(20);
    story.exclusive(2, 1, 1).granted(10, 11).released(15);
    only(Kind.EXCLUSION);
  }

  @Test
  void namesAreIndependent() {
    story.acquire(1, 1, 0, "a", 0, 0).granted(5, 10).released(20);
    story.acquire(2, 1, 0, "b", 0, 0).granted(5, 10).released(20);
    assertThat(verdict().violations()).isEmpty();
  }

  @Test
  void morePermitsThanThereAreIsAViolation() {
    for (int process = 1; process <= 3; process++) {
      story.acquire(process, 1, 0, "a", process == 3 ? 2 : 1, 3).granted(5, process).released(9);
    }
    assertThat(only(Kind.EXCLUSION).text()).contains("more was held than there is", "2 of 3");
  }

  @Test
  void asManyPermitsAsThereAreAreLegal() {
    for (int process = 1; process <= 3; process++) {
      story.acquire(process, 1, 0, "a", 1, 3).granted(5, process).released(9);
    }
    assertThat(verdict().violations()).isEmpty();
  }

  @Test
  void whoCameWithALargerCapacityMayStandBesideASmallerOne() {
    story.acquire(1, 1, 0, "a", 1, 2).granted(5, 1).released(20);
    for (int process = 2; process <= 5; process++) {
      story.read(process, 1, 0).granted(6, process).released(19);
    }
    assertThat(verdict().violations()).isEmpty();
  }

  @Test
  void readersDoNotHideTooManyPermits() {
    story.read(1, 1, 0).granted(4, 1).released(20);
    for (int process = 2; process <= 4; process++) {
      story.acquire(process, 1, 0, "a", 1, 2).granted(6, process).released(19);
    }
    only(Kind.EXCLUSION);
  }

  @Test
  void aDowngradedLeaseIsBesideReadersButNotBesideWriters() {
    story.exclusive(1, 1, 0).granted(5, 1).then(10, What.DOWNGRADE).released(20);
    story.read(2, 1, 0).granted(11, 2).released(20);
    assertThat(verdict().violations()).isEmpty();
    story.exclusive(3, 1, 0).granted(15, 3).released(18);
    assertThat(kinds()).containsOnly(Kind.EXCLUSION);
  }

  @Test
  void aReaderBeforeTheDowngradeIsAViolation() {
    story.exclusive(1, 1, 0).granted(5, 1).then(10, What.DOWNGRADE).released(20);
    story.read(2, 1, 0).granted(9, 2).released(20);
    only(Kind.EXCLUSION);
  }

  @Test
  void aPausedHolderThatWakesUpLateIsLegal() {
    story.exclusive(1, 1, 0).granted(5, 1).valid(6, 10).then(90, What.INVALID);
    story.event(7, 1, What.PAUSED, "").event(89, 1, What.RESUMED, "");
    story.exclusive(2, 1, 8).granted(16, 2).released(80);
    assertThat(verdict().violations()).isEmpty();
  }

  @Test
  void aGrantWithoutRoomIsAViolation() {
    story.exclusive(1, 1, 0).granted(5, 0).released(20);
    story.exclusive(2, 1, 6).granted(19, 0).then(21, What.RELEASE);
    assertThat(only(Kind.NO_ROOM).leases()).containsExactly(new LeaseId(2, 1));
  }

  @Test
  void aGrantBetweenTwoOthersHasRoom() {
    story.exclusive(1, 1, 0).granted(5, 0).released(20);
    story.exclusive(2, 1, 6).granted(29, 0).then(31, What.RELEASE);
    story.exclusive(3, 1, 6).granted(20, 0).released(30);
    assertThat(verdict().violations()).isEmpty();
  }

  @Test
  void noExclusiveGrantHasRoomWithinADowngrade() {
    story.exclusive(1, 1, 0).granted(5, 0).then(10, What.DOWNGRADE).released(20);
    story.exclusive(2, 1, 6).granted(19, 0).then(20, What.RELEASE);
    only(Kind.NO_ROOM);
  }

  // ---- S2

  @Test
  void twoLeasesWithOneTokenAreAViolation() {
    story.exclusive(1, 1, 0).granted(5, 10).released(20);
    story.read(2, 1, 1).granted(21, 10).released(30);
    only(Kind.TOKEN_REUSED);
  }

  @Test
  void aSmallerTokenAfterALargerOneIsAViolation() {
    story.exclusive(1, 1, 0).granted(5, 10).released(20);
    story.exclusive(2, 1, 21).granted(22, 9).released(30);
    assertThat(only(Kind.TOKEN_ORDER).text())
        .contains("process 1, acquire 1 was granted after the exclusive lease of process 2")
        .contains("cannot have ended before +0.000000030 s")
        .contains("returned at +0.000000005 s");
  }

  @Test
  void aWriterWithASmallerTokenThanAReaderBeforeIsAViolation() {
    story.read(1, 1, 0).granted(5, 10).released(20);
    story.exclusive(2, 1, 21).granted(22, 9).released(30);
    only(Kind.TOKEN_ORDER);
  }

  @Test
  void aReaderWithASmallerTokenThanAWriterBeforeIsNotRuledOut() {
    story.exclusive(1, 1, 0).granted(5, 10).released(20);
    story.read(2, 1, 21).granted(22, 9).released(30);
    assertThat(verdict().violations()).isEmpty();
  }

  @Test
  void readersTokensHaveNoOrderAmongEachOther() {
    story.read(1, 1, 0).granted(5, 11).released(20);
    story.read(2, 1, 21).granted(22, 10).released(30);
    assertThat(verdict().violations()).isEmpty();
  }

  @Test
  void whoseCallsOverlapAndNothingElseIsKnownMayHaveAnyOrder() {
    story.exclusive(1, 1, 0).granted(20, 10).then(30, What.RELEASE);
    story.exclusive(2, 1, 5).granted(21, 9).then(30, What.RELEASE);
    assertThat(verdict().violations()).isEmpty();
  }

  @Test
  void whatWasHeldFixesTheOrderOfOverlappingCalls() {
    story.exclusive(1, 1, 0).granted(20, 10).then(60, What.RELEASE);
    story.exclusive(2, 1, 5).granted(15, 9).released(25);
    only(Kind.TOKEN_ORDER);
  }

  @Test
  void oneWrongTokenIsNotToldOfAllThatFollow() {
    story.exclusive(1, 1, 0).granted(5, 999).released(10);
    for (int i = 2; i < 50; i++) {
      story.exclusive(1, i, i * 10L).granted(i * 10L + 1, i).released(i * 10L + 9);
    }
    only(Kind.TOKEN_ORDER);
  }

  @Test
  void aTokenThatChangesIsAViolation() {
    story.exclusive(1, 1, 0).granted(5, 10);
    story.events().add(new Event(6, 1, 1, What.WRITE, "a", 0, 0, 11, 0, ""));
    only(Kind.TOKEN_CHANGED);
  }

  @Test
  void aTokenMayBeAskedForLate() {
    story.exclusive(1, 1, 0).granted(5, 0);
    story.events().add(new Event(6, 1, 1, What.WRITE, "a", 0, 0, 10, 0, ""));
    story.exclusive(2, 1, 7).granted(8, 9);
    only(Kind.TOKEN_ORDER);
  }

  @Test
  void aResourceThatAcceptsASmallerTokenIsAViolation() {
    story.accepts(1, 9, "a", 5).accepts(2, 9, "a", 7).accepts(3, 9, "b", 1);
    story.accepts(4, 9, "a", 7).accepts(5, 9, "a", 6).accepts(6, 9, "a", 8);
    assertThat(only(Kind.RESOURCE).text())
        .contains("(process 9) accepted token 6 at +0.000000004 s")
        .contains("accepted token 7 at +0.000000003 s");
  }

  @Test
  void aResourcesOrderIsThatOfItsFile() {
    story.accepts(5, 9, "a", 5).accepts(4, 9, "a", 7);
    assertThat(verdict().violations()).isEmpty();
  }

  // ---- S5

  private void lostAt(long lost, long nextGranted) {
    story.exclusive(1, 1, 0).granted(5, 10).valid(6, 10).lost(lost, "UNPROVED");
    story.exclusive(2, 1, 1).granted(nextGranted, 11).released(90);
    story.event(100, 1, What.ENDED, "");
  }

  @Test
  void aLossToldBeforeTheNextGrantIsLegal() {
    lostAt(17, 20);
    assertThat(verdict().violations()).isEmpty();
  }

  @Test
  void aLossToldAfterTheNextGrantIsAViolation() {
    lostAt(25, 20);
    assertThat(only(Kind.TOLD).text()).contains("told only at +0.000000025 s");
  }

  @Test
  void slackAllowsForABusyMachine() {
    lostAt(25, 20);
    rules = rules.withSlack(Duration.ofNanos(5));
    assertThat(verdict().violations()).isEmpty();
    rules = rules.withSlack(Duration.ofNanos(4));
    only(Kind.TOLD);
  }

  @Test
  void aPausedProcessIsNotToldInTime() {
    lostAt(25, 20);
    story.event(10, 1, What.PAUSED, "").event(24, 1, What.RESUMED, "");
    assertThat(verdict().violations()).isEmpty();
  }

  @Test
  void aProcessThatWasPausedLongBeforeIsNoExcuse() {
    lostAt(25, 20);
    story.event(1, 1, What.PAUSED, "").event(2, 1, What.RESUMED, "");
    only(Kind.TOLD);
  }

  @Test
  void aKilledProcessIsNotTold() {
    story.exclusive(1, 1, 0).granted(5, 10).valid(6, 10);
    story.event(10, 1, What.KILLED, "");
    story.exclusive(2, 1, 1).granted(20, 11).released(90);
    assertThat(verdict().violations()).isEmpty();
  }

  @Test
  void aLossThatIsNeverToldIsAViolationOnceTheProcessIsSeenToRun() {
    story.exclusive(1, 1, 0).granted(5, 10).valid(6, 10);
    story.exclusive(2, 1, 1).granted(20, 11).released(90);
    assertThat(verdict().violations()).isEmpty();
    story.event(100, 1, What.ENDED, "");
    assertThat(only(Kind.TOLD).text()).contains("never told");
  }

  @Test
  void readersAreToldBeforeAWriterIsGranted() {
    story.read(1, 1, 0).granted(5, 10).valid(6, 10).lost(25, "UNPROVED");
    story.read(2, 1, 1).granted(7, 11).released(10);
    story.exclusive(3, 1, 1).granted(20, 12).released(90);
    assertThat(only(Kind.TOLD).leases()).containsExactly(new LeaseId(1, 1), new LeaseId(3, 1));
  }

  @Test
  void readersBesideEachOtherTellNothing() {
    story.read(1, 1, 0).granted(5, 10).valid(6, 10).lost(25, "UNPROVED");
    story.read(2, 1, 1).granted(20, 11).released(30);
    assertThat(verdict().violations()).isEmpty();
  }

  @Test
  void whoWasGrantedBeforeAndReturnedLateIsNoSuccessor() {
    story.exclusive(2, 1, 0).granted(20, 9);
    story.event(1, 2, What.PAUSED, "").event(19, 2, What.RESUMED, "");
    story.exclusive(1, 1, 3).granted(15, 10).valid(16, 9).lost(30, "UNPROVED");
    story.event(100, 1, What.ENDED, "");
    assertThat(verdict().violations()).isEmpty();
  }

  @Test
  void aLostLeaseThatIsValidAgainIsAViolation() {
    story.exclusive(1, 1, 0).granted(5, 10).lost(8, "UNPROVED").valid(9, 1);
    only(Kind.REVIVED);
  }

  // ---- the history itself

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
    assertThat(kinds()).hasSize(7).containsOnly(Kind.HISTORY);
  }

  @Test
  void whatEndsWithoutAnOutcomeIsLegal() {
    story.exclusive(1, 1, 0);
    story.exclusive(2, 1, 0).then(3, What.UNKNOWN);
    story.event(2, 1, What.KILLED, "");
    story.accepts(3, 9, "a", 5);
    assertThat(verdict().violations()).isEmpty();
  }

  @Test
  void nothingIsFoundInNothing() {
    assertThat(verdict().passed()).isTrue();
    assertThat(verdict().figures()).contains(new Figure("leases granted", "0"));
  }

  // ---- rules

  @Test
  void whatIsNotAskedForIsNotFound() {
    story.exclusive(1, 1, 0).granted(5, 10).released(20);
    story.exclusive(2, 1, 1).granted(19, 10).released(30);
    rules = rules.without(EnumSet.of(Kind.EXCLUSION));
    only(Kind.TOKEN_REUSED);
  }

  @Test
  void manyViolationsAreCounted() {
    for (int i = 1; i <= 200; i++) {
      story.exclusive(1, i, i).granted(i, 5).then(i, What.RELEASE);
    }
    assertThat(verdict().violations()).hasSize(50);
    assertThat(verdict().unexplained()).isEqualTo(149);
  }

  @Test
  void theVerdictTellsWhatItRestsOn() {
    story.exclusive(1, 1, 0).granted(5, 10).released(20);
    story.read(1, 2, 0).granted(20, 0).then(22, What.RELEASE);
    story.exclusive(1, 3, 0).then(3, What.BUSY);
    assertThat(verdict().figures())
        .contains(
            new Figure("calls to acquire", "3"),
            new Figure("leases granted", "2"),
            new Figure("leases proved to be held", "1"),
            new Figure("leases with a known token", "1"),
            new Figure("shared leases", "1"));
  }

  /** Quadratic checking of this would take minutes. */
  @Test
  @Timeout(60)
  void longHistoriesAreCheckedInAnyOrder() {
    for (int i = 1; i <= 50_000; i++) {
      story.exclusive(i % 7, i, i * 10L).granted(i * 10L + 1, i).released(i * 10L + 9);
      story.acquire(i % 7, 1_000_000 + i, i, "b", 1, Integer.MAX_VALUE).granted(i, i).valid(i, 99);
    }
    Collections.shuffle(story.events(), new Random(1));
    assertThat(verdict().violations()).isEmpty();
    List<Event> events = new ArrayList<>(story.events());
    events.add(new Event(377_774, 8, 1, What.ACQUIRE, "a", 0, 0, 0, 0, ""));
    events.add(new Event(377_774, 8, 1, What.GRANTED, "a", 0, 0, 0, 0, ""));
    events.add(new Event(377_774, 8, 1, What.VALID, "a", 0, 0, 0, 1, ""));
    assertThat(HistoryChecker.check(events, rules).violations())
        .extracting(Violation::kind)
        .containsExactly(Kind.EXCLUSION);
  }
}
