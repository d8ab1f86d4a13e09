package io.tyer.testkit.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.testkit.history.Violation.Kind;
import io.tyer.testkit.history.Violation.LeaseId;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** S5: which losses are told too late, and which are not. */
class ToldCheckTest {

  private final Story story = new Story();

  private void lostAt(long lost, long nextGranted) {
    story.exclusive(1, 1, 0).granted(5, 10).valid(6, 10).lost(lost, "UNPROVED");
    story.exclusive(2, 1, 1).granted(nextGranted, 11).released(90);
    story.event(100, 1, What.ENDED, "");
  }

  @Test
  void aLossToldBeforeTheNextGrantIsLegal() {
    lostAt(17, 20);
    assertThat(story.verdict().violations()).isEmpty();
  }

  @Test
  void aLossToldAfterTheNextGrantIsAViolation() {
    lostAt(25, 20);
    assertThat(story.only(Kind.TOLD).text()).contains("told only at +0.000000025 s");
  }

  @Test
  void slackAllowsForABusyMachine() {
    lostAt(25, 20);
    story.rules = story.rules.withSlack(Duration.ofNanos(5));
    assertThat(story.verdict().violations()).isEmpty();
    story.rules = story.rules.withSlack(Duration.ofNanos(4));
    story.only(Kind.TOLD);
  }

  @Test
  void aPausedProcessIsNotToldInTime() {
    lostAt(25, 20);
    story.event(10, 1, What.PAUSED, "").event(24, 1, What.RESUMED, "");
    assertThat(story.verdict().violations()).isEmpty();
  }

  @Test
  void aProcessThatWasPausedLongBeforeIsNoExcuse() {
    lostAt(25, 20);
    story.event(1, 1, What.PAUSED, "").event(2, 1, What.RESUMED, "");
    story.only(Kind.TOLD);
  }

  @Test
  void aKilledProcessIsNotTold() {
    story.exclusive(1, 1, 0).granted(5, 10).valid(6, 10).lost(25, "UNPROVED");
    story.event(10, 1, What.KILLED, "");
    story.exclusive(2, 1, 1).granted(20, 11).released(90);
    assertThat(story.verdict().violations()).isEmpty();
  }

  @Test
  void aReaderAfterADowngradeTellsNothing() {
    story
        .exclusive(1, 1, 0)
        .granted(5, 10)
        .then(8, What.DOWNGRADE)
        .valid(9, 5)
        .lost(25, "UNPROVED");
    story.read(2, 1, 1).granted(20, 11).released(90);
    assertThat(story.verdict().violations()).isEmpty();
  }

  @Test
  void whatItsOwnProcessIsGrantedTellsNothing() {
    story.exclusive(1, 1, 0).granted(5, 10).valid(6, 10).lost(25, "UNPROVED");
    story.exclusive(1, 2, 1).granted(20, 11).released(90);
    assertThat(story.verdict().violations()).isEmpty();
  }

  @Test
  void aLossThatIsNeverToldIsAViolationOnceTheProcessIsSeenToRun() {
    story.exclusive(1, 1, 0).granted(5, 10).valid(6, 10);
    story.exclusive(2, 1, 1).granted(20, 11).released(90);
    assertThat(story.verdict().violations()).isEmpty();
    story.event(100, 1, What.ENDED, "");
    assertThat(story.only(Kind.TOLD).text()).contains("never told");
  }

  @Test
  void readersAreToldBeforeAWriterIsGranted() {
    story.read(1, 1, 0).granted(5, 10).valid(6, 10).lost(25, "UNPROVED");
    story.read(2, 1, 1).granted(7, 11).released(10);
    story.exclusive(3, 1, 1).granted(20, 12).released(90);
    assertThat(story.only(Kind.TOLD).leases())
        .containsExactly(new LeaseId(1, 1), new LeaseId(3, 1));
  }

  @Test
  void readersBesideEachOtherTellNothing() {
    story.read(1, 1, 0).granted(5, 10).valid(6, 10).lost(25, "UNPROVED");
    story.read(2, 1, 1).granted(20, 11).released(30);
    assertThat(story.verdict().violations()).isEmpty();
  }

  @Test
  void whoWasGrantedBeforeAndReturnedLateIsNoSuccessor() {
    story.exclusive(2, 1, 0).granted(20, 9);
    story.event(1, 2, What.PAUSED, "").event(19, 2, What.RESUMED, "");
    story.exclusive(1, 1, 3).granted(15, 10).valid(16, 2).lost(30, "UNPROVED");
    story.event(100, 1, What.ENDED, "");
    assertThat(story.verdict().violations()).isEmpty();
  }

  @Test
  void aLostLeaseThatIsValidAgainIsAViolation() {
    story.exclusive(1, 1, 0).granted(5, 10).lost(8, "UNPROVED").valid(9, 1);
    story.only(Kind.REVIVED);
  }
}
