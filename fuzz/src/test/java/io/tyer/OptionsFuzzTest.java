package io.tyer;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tyer.engine.EngineSettings;
import io.tyer.fuzz.Refusals;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Durations and options as people write them. */
class OptionsFuzzTest {

  @FuzzTest
  void duration(FuzzedDataProvider in) {
    String text = in.consumeRemainingAsString();
    Duration duration;
    try {
      duration = DurationText.parse(text);
    } catch (IllegalArgumentException e) {
      Refusals.explains(e, text.length());
      return;
    }
    String written = DurationText.format(duration);
    Duration again = DurationText.parse(written);
    assertThat(again).isBetween(duration.minusNanos(999_999), duration);
    assertThat(DurationText.format(again)).isEqualTo(written);
  }

  /** Lines of {@code key=value}, as in an address or in the environment. */
  @FuzzTest
  void settings(FuzzedDataProvider in) {
    String text = in.consumeRemainingAsString();
    Map<String, String> query = new HashMap<>();
    Map<String, String> environment = new HashMap<>();
    for (String line : text.split("\n", -1)) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        query.put(line.substring(0, equals), line.substring(equals + 1));
        environment.put(line.substring(0, equals), line.substring(equals + 1));
      }
    }
    try {
      Options options = Options.resolve(Map.of(), query, environment);
      EngineSettings settings = TyerBuilder.settings(options, Duration.ofMillis(100));
      assertThat(settings.beat().plus(settings.margin())).isLessThan(settings.ttl());
      // What timers and parks are given.
      assertThat(settings.longestWait().toNanos()).isNotNegative();
      assertThat(settings.batonTime().toNanos()).isNotNegative();
      assertThat(options.connectTimeout().toNanos()).isNotNegative();
      assertThat(options.lazy() || options.reportUnclosed()).isIn(true, false);
    } catch (IllegalArgumentException e) {
      Refusals.explains(e, text.length());
    }
  }
}
