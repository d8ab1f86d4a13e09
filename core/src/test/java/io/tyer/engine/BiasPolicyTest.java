package io.tyer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.line.LockName;
import org.junit.jupiter.api.Test;

class BiasPolicyTest {

  private static final LockName NAME = LockName.of("a");
  private static final long SECOND = 1_000_000_000;

  private final BiasPolicy policy = new BiasPolicy(0);

  @Test
  void theFirstRecallIsForgiven() {
    policy.recalled(NAME, 0);
    assertThat(policy.allows(NAME, 1)).isTrue();
  }

  @Test
  void whereOthersKeepComingEachRecallDoublesThePause() {
    long now = 5;
    policy.recalled(NAME, now);
    long pause = SECOND / 4;
    for (int i = 0; i < 7; i++) {
      policy.recalled(NAME, now);
      assertThat(policy.allows(NAME, now + pause - 1)).as("recall %d", i).isFalse();
      assertThat(policy.allows(NAME, now + pause)).as("recall %d", i).isTrue();
      now += pause;
      pause *= 2;
    }
    pause = 16 * SECOND;
    policy.recalled(NAME, now);
    assertThat(policy.allows(NAME, now + pause - 1)).isFalse();
    assertThat(policy.allows(NAME, now + pause)).isTrue();
  }

  @Test
  void aRecallLongAgoIsForgotten() {
    policy.recalled(NAME, 0);
    policy.recalled(NAME, 0);
    policy.recalled(NAME, 11 * SECOND);
    assertThat(policy.allows(NAME, 11 * SECOND)).isTrue();
  }

  @Test
  void otherNamesAreNotConcerned() {
    policy.recalled(NAME, 0);
    policy.recalled(NAME, 0);
    assertThat(policy.allows(LockName.of("b"), 0)).isTrue();
  }

  @Test
  void onlySoManyTicketsAreKept() {
    for (int i = 0; i < BiasPolicy.MOST_TICKETS; i++) {
      assertThat(policy.allows(NAME, 0)).isTrue();
      policy.ticketTaken();
    }
    assertThat(policy.allows(NAME, 0)).isFalse();
    policy.ticketGone();
    assertThat(policy.allows(NAME, 0)).isTrue();
  }

  @Test
  void itDoesNotGrowWithoutBound() {
    for (int i = 0; i < 50_000; i++) {
      LockName name = LockName.of("name-" + i);
      policy.recalled(name, 0);
      policy.recalled(name, 0);
    }
    assertThat(policy.size()).isLessThanOrEqualTo(10_000);
    policy.recalled(NAME, 100 * SECOND);
    assertThat(policy.size()).isEqualTo(1);
  }
}
