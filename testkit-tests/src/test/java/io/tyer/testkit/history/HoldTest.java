package io.tyer.testkit.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How long a holder is proved to have believed in its lease. */
class HoldTest {

  private final Story story = new Story();

  private Hold hold() {
    List<Event> its = new ArrayList<>(story.events());
    its.removeIf(event -> event.operation() == 0);
    Map<Integer, ProcessLife> lives = ProcessLife.of(story.events());
    Rules rules = Rules.all().withUnwritten(Duration.ofNanos(5));
    return Hold.of(
        new Acquisition(its.get(0), its),
        lives.getOrDefault(its.get(0).process(), ProcessLife.UNDISTURBED),
        rules);
  }

  private Story.Of granted() {
    return story.exclusive(1, 1, 10).granted(20, 7);
  }

  @Test
  void nothingIsProvedWithoutItsHolderSayingSo() {
    granted().then(90, What.RELEASE);
    assertThat(hold().empty()).isTrue();
    assertThat(hold().cores()).isEmpty();
  }

  @Test
  void validityReachesAsFarAsItWasSaid() {
    granted().valid(30, 15);
    assertThat(hold().until()).isEqualTo(45);
  }

  @Test
  void theFarthestProofCounts() {
    granted().valid(30, 15).valid(35, 2);
    assertThat(hold().until()).isEqualTo(45);
  }

  @Test
  void itEndsWithTheRelease() {
    granted().valid(30, 15).then(40, What.RELEASE);
    assertThat(hold().until()).isEqualTo(40);
  }

  @Test
  void itEndsWhenItIsSeenInvalid() {
    granted().valid(30, 15).then(40, What.INVALID);
    assertThat(hold().until()).isEqualTo(40);
  }

  @Test
  void whatWasUnprovedForAWhileWasHeldAllTheSame() {
    granted().valid(30, 15).then(40, What.INVALID).valid(50, 5);
    assertThat(hold().until()).isEqualTo(55);
  }

  @Test
  void itEndsWhenItIsToldToHaveExpired() {
    granted().valid(30, 15).lost(42, "UNPROVED");
    assertThat(hold().until()).isEqualTo(42);
  }

  @Test
  void whatIsLostByForceIsProvedUntilTheLastProof() {
    granted().valid(30, 15).valid(33, 12).lost(42, "REVOKED");
    assertThat(hold().until()).isEqualTo(33);
  }

  @Test
  void aPauseProvesNothingToTheContrary() {
    granted().valid(30, 15);
    story.event(31, 1, What.PAUSED, "").event(99, 1, What.RESUMED, "");
    assertThat(hold().until()).isEqualTo(45);
  }

  @Test
  void beforeADeathALossMayHaveGoneUnwritten() {
    granted().valid(30, 100);
    story.event(50, 1, What.KILLED, "");
    assertThat(hold().until()).isEqualTo(45);
  }

  @Test
  void aProofOutlivesWhatMayHaveGoneUnwritten() {
    granted().valid(49, 100);
    story.event(50, 1, What.KILLED, "");
    assertThat(hold().until()).isEqualTo(49);
  }

  @Test
  void nothingIsProvedAfterADeath() {
    granted().valid(30, 100).valid(60, 5);
    story.event(50, 1, What.KILLED, "");
    assertThat(hold().until()).isEqualTo(50);
  }

  @Test
  void whoIsKilledWhilePausedRanUntilThePause() {
    granted().valid(30, 100);
    story.event(40, 1, What.PAUSED, "").event(90, 1, What.KILLED, "");
    assertThat(hold().until()).isEqualTo(35);
  }

  @Test
  void anotherProcessesDeathIsNotItsOwn() {
    granted().valid(30, 15);
    story.event(35, 2, What.KILLED, "");
    assertThat(hold().until()).isEqualTo(45);
  }

  @Test
  void aDowngradeMakesItShared() {
    granted().valid(30, 15).then(25, What.DOWNGRADE);
    Hold hold = hold();
    assertThat(hold.cores())
        .containsExactly(
            new Core(hold, 20, 25, 0, 0), new Core(hold, 25, 45, 1, Integer.MAX_VALUE));
  }

  @Test
  void validityForEverDoesNotOverflow() {
    granted().valid(30, Long.MAX_VALUE);
    assertThat(hold().until()).isEqualTo(Long.MAX_VALUE);
  }
}
