package io.tyer.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValidityTest {

  @ParameterizedTest
  @CsvSource({"15000, 13500", "1000, 800", "2000, 1800", "2010, 1809", "604800000, 544320000"})
  void whatIsAnsweredAtOnceIsValidForTheTtlWithoutTheMargin(long ttl, long valid) {
    assertThat(Validity.millis(-42, -42, ttl)).isEqualTo(valid);
  }

  @Test
  void timeCountsFromTheSignOfLifeAndPartsOfAMillisecondDoNot() {
    long cameIn = Long.MAX_VALUE - 5;
    long proved = cameIn + TimeUnit.MILLISECONDS.toNanos(7_000) + 999_999;
    assertThat(Validity.millis(cameIn, proved, 15_000)).isEqualTo(7_000 - 140 + 13_500);
  }

  @Test
  void itIsOverForTheClientBeforeItIsForTheServer() {
    for (long ttl = 1_000; ttl < 100_000; ttl += 37) {
      for (long waited = 0; waited < 60_000; waited += 1_111) {
        // The server lets it live for the TTL at least, from when the sign of life was sent.
        assertThat(Validity.millis(0, TimeUnit.MILLISECONDS.toNanos(waited), ttl))
            .isLessThanOrEqualTo(waited - waited / 50 + ttl - 200);
      }
    }
  }
}
