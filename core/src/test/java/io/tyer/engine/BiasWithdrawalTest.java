package io.tyer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.line.LockName;
import org.junit.jupiter.api.Test;

class BiasWithdrawalTest {

  private static final LockName NAME = LockName.of("a");
  private static final long SECOND = 1_000_000_000;

  private final BiasWithdrawal withdrawal = new BiasWithdrawal();

  @Test
  void theFirstRecallIsForgiven() {
    withdrawal.recalled(NAME, 0);
    assertThat(withdrawal.allows(NAME, 1)).isTrue();
  }

  @Test
  void whereOthersKeepComingEachRecallDoublesThePause() {
    long now = 5;
    withdrawal.recalled(NAME, now);
    long pause = SECOND / 4;
    for (int i = 0; i < 7; i++) {
      withdrawal.recalled(NAME, now);
      assertThat(withdrawal.allows(NAME, now + pause - 1)).as("recall %d", i).isFalse();
      assertThat(withdrawal.allows(NAME, now + pause)).as("recall %d", i).isTrue();
      now += pause;
      pause *= 2;
    }
    pause = 16 * SECOND;
    withdrawal.recalled(NAME, now);
    assertThat(withdrawal.allows(NAME, now + pause - 1)).isFalse();
    assertThat(withdrawal.allows(NAME, now + pause)).isTrue();
  }

  @Test
  void aRecallLongAgoIsForgotten() {
    withdrawal.recalled(NAME, 0);
    withdrawal.recalled(NAME, 0);
    withdrawal.recalled(NAME, 11 * SECOND);
    assertThat(withdrawal.allows(NAME, 11 * SECOND)).isTrue();
  }

  @Test
  void otherNamesAreNotConcerned() {
    withdrawal.recalled(NAME, 0);
    withdrawal.recalled(NAME, 0);
    assertThat(withdrawal.allows(LockName.of("b"), 0)).isTrue();
  }

  @Test
  void itDoesNotGrowWithoutBound() {
    for (int i = 0; i < 50_000; i++) {
      LockName name = LockName.of("name-" + i);
      withdrawal.recalled(name, 0);
      withdrawal.recalled(name, 0);
    }
    assertThat(withdrawal.size()).isLessThanOrEqualTo(10_000);
    withdrawal.recalled(NAME, 100 * SECOND);
    assertThat(withdrawal.size()).isEqualTo(1);
  }
}
