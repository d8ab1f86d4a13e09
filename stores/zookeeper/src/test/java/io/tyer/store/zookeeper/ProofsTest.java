package io.tyer.store.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.spi.Moment;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProofsTest {

  private static final long MS = 1_000_000;

  private final Proofs proofs = new Proofs(Duration.ofMillis(100), at(0));

  private static Moment at(long millis) {
    return new Moment(millis * MS, 1_000_000 + millis);
  }

  private void answered(long connection, long sent, long answered) {
    proofs.answered(connection, at(sent), answered * MS);
  }

  @Test
  void theOpeningItselfIsAProof() {
    assertThat(proofs.since()).isEqualTo(at(0));
  }

  @Test
  void aWriteThatIsAnsweredProvesNothingByItself() {
    answered(1, 500, 510);
    assertThat(proofs.since()).isEqualTo(at(0));
  }

  @Test
  void theLastButOneDoesIfItWasAnsweredATickBefore() {
    answered(1, 500, 510);
    answered(1, 610, 620);
    assertThat(proofs.since()).isEqualTo(at(500));
  }

  @Test
  void lessThanATickIsNotEnough() {
    answered(1, 500, 510);
    answered(1, 609, 620);
    assertThat(proofs.since()).isEqualTo(at(0));
    answered(1, 611, 622);
    assertThat(proofs.since()).isEqualTo(at(500));
  }

  /** Both may have been held up, and have come to the member at the same time. */
  @Test
  void answersCountAndNotSendings() {
    answered(1, 500, 900);
    answered(1, 700, 900);
    assertThat(proofs.since()).isEqualTo(at(0));
  }

  @Test
  void anotherConnectionBeginsAnew() {
    answered(1, 500, 510);
    answered(2, 700, 710);
    assertThat(proofs.since()).isEqualTo(at(0));
    answered(2, 800, 810);
    assertThat(proofs.since()).isEqualTo(at(0));
    answered(2, 900, 910);
    assertThat(proofs.since()).isEqualTo(at(700));
  }

  @Test
  void takingTheSessionOverIsAProof() {
    answered(1, 500, 510);
    proofs.asked(at(600));
    assertThat(proofs.since()).isEqualTo(at(600));
    proofs.asked(at(550));
    assertThat(proofs.since()).isEqualTo(at(600));
  }

  @Test
  void theLatestThatIsOldEnoughCounts() {
    for (int sent = 100; sent <= 1_000; sent += 25) {
      answered(1, sent, sent + 5);
    }
    // Answered at 880 or later is less than a tick before 1,000 or so.
    assertThat(proofs.since()).isEqualTo(at(875));
  }

  @Test
  void manyWritesCostNoMemoryAndLoseNothing() {
    for (int i = 0; i < 1_000_000; i++) {
      proofs.answered(1, new Moment(i * 1_000L, 0), i * 1_000L + 500);
    }
    long last = 999_999 * 1_000L;
    assertThat(proofs.since().nanos()).isBetween(last - 120 * MS, last - 100 * MS);
  }

  @Test
  void aProofNeverGoesBack() {
    answered(1, 500, 510);
    answered(1, 700, 710);
    assertThat(proofs.since()).isEqualTo(at(500));
    answered(2, 800, 810);
    assertThat(proofs.since()).isEqualTo(at(500));
  }

  @Test
  void freshIsWhatWasAnsweredHalfATickAgo() {
    assertThat(proofs.isFresh(0)).isFalse();
    answered(1, 500, 510);
    assertThat(proofs.isFresh(555 * MS)).isTrue();
    assertThat(proofs.isFresh(560 * MS)).isFalse();
  }
}
