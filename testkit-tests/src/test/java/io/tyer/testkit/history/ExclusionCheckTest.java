package io.tyer.testkit.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.testkit.history.Violation.Kind;
import io.tyer.testkit.history.Violation.LeaseId;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;

/** S1: what overlaps and conflicts, and what is close to it and does not. */
class ExclusionCheckTest {

  private final Story story = new Story();

  @Test
  void leasesOneAfterTheOtherAreLegal() {
    story.exclusive(1, 1, 0).granted(5, 10).released(20);
    story.exclusive(2, 1, 1).granted(20, 11).released(30);
    story.read(3, 1, 2).granted(30, 12).released(40);
    story.read(4, 1, 2).granted(31, 13).released(41);
    assertThat(story.verdict().violations()).isEmpty();
  }

  @Test
  void twoExclusiveLeasesAtOneTimeAreAViolation() {
    story.event(0, 0, What.FAULT, "partition of 1");
    story.exclusive(1, 1, 0).granted(5, 10).released(20);
    story.exclusive(2, 7, 1).granted(19, 11).released(30);
    story.event(25, 3, What.KILLED, "");
    Violation violation = story.only(Kind.EXCLUSION);
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
    story.only(Kind.EXCLUSION);
  }

  @Test
  void namesAreIndependent() {
    story.acquire(1, 1, 0, "a", 0, 0).granted(5, 10).released(20);
    story.acquire(2, 1, 0, "b", 0, 0).granted(5, 10).released(20);
    assertThat(story.verdict().violations()).isEmpty();
  }

  @Test
  void morePermitsThanThereAreIsAViolation() {
    for (int process = 1; process <= 3; process++) {
      story.acquire(process, 1, 0, "a", process == 3 ? 2 : 1, 3).granted(5, process).released(9);
    }
    assertThat(story.only(Kind.EXCLUSION).text()).contains("more was held than there is", "2 of 3");
  }

  @Test
  void asManyPermitsAsThereAreAreLegal() {
    for (int process = 1; process <= 3; process++) {
      story.acquire(process, 1, 0, "a", 1, 3).granted(5, process).released(9);
    }
    assertThat(story.verdict().violations()).isEmpty();
  }

  @Test
  void whoCameWithALargerCapacityMayStandBesideASmallerOne() {
    story.acquire(1, 1, 0, "a", 1, 2).granted(5, 1).released(20);
    for (int process = 2; process <= 5; process++) {
      story.read(process, 1, 0).granted(6, process).released(19);
    }
    assertThat(story.verdict().violations()).isEmpty();
  }

  @Test
  void readersDoNotHideTooManyPermits() {
    story.read(1, 1, 0).granted(4, 1).released(20);
    for (int process = 2; process <= 4; process++) {
      story.acquire(process, 1, 0, "a", 1, 2).granted(6, process).released(19);
    }
    story.only(Kind.EXCLUSION);
  }

  @Test
  void aDowngradedLeaseIsBesideReadersButNotBesideWriters() {
    story.exclusive(1, 1, 0).granted(5, 1).then(10, What.DOWNGRADE).released(20);
    story.read(2, 1, 0).granted(11, 2).released(20);
    assertThat(story.verdict().violations()).isEmpty();
    story.exclusive(3, 1, 0).granted(15, 3).released(18);
    assertThat(story.kinds()).containsOnly(Kind.EXCLUSION);
  }

  @Test
  void aReaderBeforeTheDowngradeIsAViolation() {
    story.exclusive(1, 1, 0).granted(5, 1).then(10, What.DOWNGRADE).released(20);
    story.read(2, 1, 0).granted(9, 2).released(20);
    story.only(Kind.EXCLUSION);
  }

  @Test
  void aPausedHolderThatWakesUpLateIsLegal() {
    story.exclusive(1, 1, 0).granted(5, 1).valid(6, 10).then(90, What.INVALID);
    story.event(7, 1, What.PAUSED, "").event(89, 1, What.RESUMED, "");
    story.exclusive(2, 1, 8).granted(16, 2).released(80);
    assertThat(story.verdict().violations()).isEmpty();
  }

  @Test
  void aGrantWithoutRoomIsAViolation() {
    story.exclusive(1, 1, 0).granted(5, 0).released(20);
    story.exclusive(2, 1, 6).granted(19, 0).then(21, What.RELEASE);
    assertThat(story.only(Kind.NO_ROOM).leases()).containsExactly(new LeaseId(2, 1));
  }

  @Test
  void aGrantBetweenTwoOthersHasRoom() {
    story.exclusive(1, 1, 0).granted(5, 0).released(20);
    story.exclusive(2, 1, 6).granted(29, 0).then(31, What.RELEASE);
    story.exclusive(3, 1, 6).granted(20, 0).released(30);
    assertThat(story.verdict().violations()).isEmpty();
  }

  @Test
  void noExclusiveGrantHasRoomWithinADowngrade() {
    story.exclusive(1, 1, 0).granted(5, 0).then(10, What.DOWNGRADE).released(20);
    story.exclusive(2, 1, 6).granted(19, 0).then(20, What.RELEASE);
    story.only(Kind.NO_ROOM);
  }

  @Test
  void noExclusiveGrantHasRoomAfterADowngradeAtTheInstantOfTheGrant() {
    story.exclusive(3, 1, 6).granted(6, 5).then(6, What.DOWNGRADE).released(10);
    story.exclusive(1, 1, 0).granted(6, 6).valid(6, 4).lost(10, "REVOKED");
    story.only(Kind.TOKEN_ORDER);
  }

  @Test
  void whatIsNotProvedMayHaveBeenLostBeforeAcquireReturned() {
    story.exclusive(1, 1, 3).granted(12, 4).valid(12, 1).lost(16, "UNPROVED");
    story.exclusive(2, 1, 12).granted(19, 7).lost(20, "UNPROVED");
    story.read(5, 1, 7).granted(13, 8).valid(19, 8);
    story.rules = story.rules.without(EnumSet.of(Kind.TOLD));
    assertThat(story.verdict().violations()).isEmpty();
  }
}
