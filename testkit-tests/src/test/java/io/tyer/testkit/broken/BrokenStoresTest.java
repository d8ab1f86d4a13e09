package io.tyer.testkit.broken;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.testkit.history.Violation.Kind;
import io.tyer.testkit.sample.SampleFlaws;
import io.tyer.testkit.server.ServerKind;
import io.tyer.testkit.server.StoreServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Each broken store is caught, by what it breaks; and the sound one passes the same scene. */
@Timeout(180)
@Tag("full")
class BrokenStoresTest {

  private static final Duration TTL = Duration.ofSeconds(8);

  /** Of what a clock that is too fast leaves unproved: enough for a busy machine to enter in. */
  private static final Duration LEFT = Duration.ofMillis(400);

  /** Within what the margin covers: a tenth of the TTL. */
  private static final SampleFlaws FAST_CLOCK = new SampleFlaws(1.08, 0);

  /** More than it takes to kill a server. */
  private static final Duration LATE = Duration.ofSeconds(4);

  private static final SampleFlaws LATE_LOG = new SampleFlaws(1, LATE.toMillis());

  @TempDir Path directory;

  private @Nullable StoreServer server;

  private StoreServer start(ServerKind kind) throws Exception {
    StoreServer started = kind.start(directory);
    server = started;
    return started;
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void numbersThatStartAgainAreCaughtByTheirOrder() throws Exception {
    assertThat(Scenes.turns(start(BrokenKind.of(Defect.NUMBERS_RESTART))))
        .contains(Kind.TOKEN_ORDER)
        .isSubsetOf(Kind.TOKEN_ORDER, Kind.TOKEN_REUSED);
  }

  @Test
  void soundNumbersPass() throws Exception {
    assertThat(Scenes.turns(start(BrokenKind.SOUND))).isEmpty();
  }

  @Test
  void aResourceThatChecksNoTokenIsCaughtByWhatItAccepted() throws Exception {
    assertThat(Scenes.lateWrite(start(BrokenKind.SOUND), false)).isEqualTo(Set.of(Kind.RESOURCE));
  }

  @Test
  void aResourceThatChecksTokensPasses() throws Exception {
    assertThat(Scenes.lateWrite(start(BrokenKind.SOUND), true)).isEmpty();
  }

  @Test
  void aMissingMarginIsCaughtByTwoHoldersWhereTheStoresClockIsFast() throws Exception {
    StoreServer broken = start(BrokenKind.of(Defect.NO_MARGIN).with(FAST_CLOCK));
    assertThat(Scenes.cutOff(broken, TTL, LEFT)).contains(Kind.EXCLUSION);
  }

  @Test
  void theMarginCoversAFastClockOfTheStore() throws Exception {
    StoreServer sound = start(BrokenKind.SOUND.with(FAST_CLOCK));
    assertThat(Scenes.cutOff(sound, TTL, LEFT)).isEmpty();
  }

  @Test
  void leavingForSomebodyElseIsCaughtByTwoHolders() throws Exception {
    assertThat(Scenes.withdrawnAgain(start(BrokenKind.of(Defect.NO_OWNER_CHECK))))
        .contains(Kind.EXCLUSION);
  }

  @Test
  void withdrawingAgainAndAgainHarmsNobody() throws Exception {
    assertThat(Scenes.withdrawnAgain(start(BrokenKind.SOUND))).isEmpty();
  }

  @Test
  void acknowledgingBeforeItIsKeptIsCaughtByTwoHoldersAfterAKill() throws Exception {
    assertThat(Scenes.serverKilled(start(BrokenKind.SOUND.with(LATE_LOG)), LATE))
        .contains(Kind.EXCLUSION);
  }

  @Test
  void whatWasAcknowledgedIsThereAfterAKill() throws Exception {
    assertThat(Scenes.serverKilled(start(BrokenKind.SOUND), Duration.ZERO)).isEmpty();
  }

  @Test
  void waitingForHintsAloneIsCaughtByAWaitWithoutEnd() throws Exception {
    assertThat(
            Scenes.grantedToWhoWaits(
                start(BrokenKind.of(Defect.ONLY_HINTS)), Duration.ofSeconds(10)))
        .isFalse();
  }

  @Test
  void whoChecksIsGrantedSoonAlsoWithoutHints() throws Exception {
    assertThat(Scenes.grantedToWhoWaits(start(BrokenKind.SOUND), Duration.ofSeconds(10))).isTrue();
  }
}
