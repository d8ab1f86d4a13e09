package io.tyer;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.tyer.spi.StoreAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Text of a megabyte takes parsers that hold a pattern or a search no longer than its length. */
class LongInputsTest {

  private static final int LENGTH = 1 << 20;

  @ParameterizedTest
  @ValueSource(
      strings = {"//:", "//a:b@", "?a=b&", "&", ";password=x", "1", "1d", "a:", "%61", "@", "\n"})
  void areReadInTime(String piece) {
    String text = piece.repeat(LENGTH / piece.length());
    for (String given : List.of(text, "redis:" + text, "redis://" + text, "x:?" + text)) {
      assertTimeoutPreemptively(
          Duration.ofSeconds(5),
          () -> {
            StoreAddress.mask(given);
            refusedOrRead(() -> StoreAddress.parse(given));
            refusedOrRead(() -> DurationText.parse(given));
          });
    }
  }

  private static void refusedOrRead(Runnable parse) {
    try {
      parse.run();
    } catch (IllegalArgumentException e) {
      assertThatCode(e::getMessage).doesNotThrowAnyException();
    }
  }
}
