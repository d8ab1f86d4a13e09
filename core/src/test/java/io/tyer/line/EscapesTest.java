package io.tyer.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EscapesTest {

  @Test
  void whatControlsIsShown() {
    assertThat(Escapes.shown("plain \u00e9 \u20ac \ud83d\ude00", false))
        .isEqualTo("plain \u00e9 \u20ac \ud83d\ude00");
    assertThat(Escapes.shown("a\u001b[2J\n\u202eb\\", false))
        .isEqualTo("a\\u001b[2J\\u000a\\u202eb\\");
    assertThat(Escapes.shown("a\nb\r", true)).isEqualTo("a\nb\\u000d");
  }

  @Test
  void whatIsShownReversiblyIsThatOfOneTextOnly() {
    Map<String, String> texts = new HashMap<>();
    String[] parts = {"\n", "\\u000a", "\\", "\\\\", "u000a", "a", "\u2028", "\u0000", "\u202e"};
    for (String one : parts) {
      for (String two : parts) {
        for (String three : parts) {
          String text = one + two + three;
          String shown = Escapes.reversibly(text);
          assertThat(shown).doesNotContainPattern("[\\p{Cntrl}\u2028\u202e]");
          String other = texts.putIfAbsent(shown, text);
          assertThat(other == null || other.equals(text)).as(shown).isTrue();
        }
      }
    }
  }
}
