package io.tyer.store.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DirectoryClockTest {

  @Test
  void agesAreRatherTooShort() {
    assertThat(DirectoryClock.between(10_003, 12_004)).isLessThan(Duration.ofMillis(2_001));
    assertThat(DirectoryClock.between(10_000, 12_000)).isEqualTo(Duration.ofSeconds(1));
    assertThat(DirectoryClock.between(10_003, 10_003)).isZero();
  }

  @Test
  void aClockThatWasSetBackShows() {
    assertThat(DirectoryClock.between(10_003, 4_003)).isEqualTo(Duration.ofSeconds(-6));
  }
}
