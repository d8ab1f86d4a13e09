package io.tyer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {

  @ParameterizedTest
  @CsvSource({
    "500ms, 500",
    "5s, 5000",
    "2m, 120000",
    "1h30m, 5400000",
    "1d, 86400000",
    "1m30s250ms, 90250",
    "0, 0",
    "0s, 0",
    "PT5S, 5000",
    "pt1m, 60000",
    "' 5S ', 5000"
  })
  void readsWhatPeopleWrite(String text, long millis) {
    Duration duration = DurationText.parse(text);
    assertThat(duration).isEqualTo(Duration.ofMillis(millis));
    assertThat(DurationText.parse(DurationText.format(duration))).isEqualTo(duration);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "5", "s", "5 s", "-5s", "5x", "1m1h", "9999999999s", "five"})
  void refusesWhatIsNone(String text) {
    assertThatThrownBy(() -> DurationText.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("500ms");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "100001d",
        "100000d1ms",
        "999999999h",
        "PT9223372036854775807S",
        "PT-9223372036854775808S"
      })
  void refusesWhatCannotBeAddedUp(String text) {
    assertThatThrownBy(() -> DurationText.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("100000d");
  }

  @Test
  void writesAnyDuration() {
    assertThat(DurationText.format(Duration.ofDays(100_000))).isEqualTo("100000d");
    assertThat(DurationText.format(Duration.ofSeconds(Long.MAX_VALUE))).endsWith("s");
    assertThat(DurationText.format(Duration.ofSeconds(Long.MIN_VALUE))).startsWith("PT-");
    assertThat(DurationText.format(Duration.ofNanos(1))).isEqualTo("PT0.000000001S");
  }
}
