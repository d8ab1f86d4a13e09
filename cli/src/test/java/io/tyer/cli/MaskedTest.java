package io.tyer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tyer.command.Masked;
import io.tyer.command.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaskedTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "redis://me:hunter2@host",
        "redis://:hunter2@host",
        "redis://me:a@hunter2/b@host",
        "etcd://host?password=hunter2",
        "etcd://host?x=y&authToken=hunter2"
      })
  void noRefusalShowsAPasswordThatStandsWhereItDoesNotBelong(String address) {
    for (String[] args : new String[][] {{"a", address}, {"--stor", address}, {"-" + address}}) {
      assertThatThrownBy(() -> LocksSyntax.options(LocksSyntax.syntax().parse(args)))
          .isInstanceOf(Refusal.class)
          .hasMessageNotContaining("hunter2");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'x', 'x'",
    "file:/a:b@c is too much, file:/a:b@c is too much",
    "'a // b: c @ d', 'a // b: c @ d'",
    "'is it //u:p@h?', 'is it //u:***@h?'",
    "'?token=a b', '?token=*** b'",
    "'a ?token b', 'a ?token b'"
  })
  void leavesTheRestAlone(String message, String masked) {
    assertThat(Masked.text(message)).isEqualTo(masked);
  }

  @Test
  void whatIsNoStatOfAProcessIsNotInTheForeground() {
    for (String odd : new String[] {"", "7", "7 (a", "7 (a)", "7 (a) S 1"}) {
      assertThat(Foreground.isForeground(odd)).as(odd).isFalse();
    }
    assertThat(Foreground.isForeground("7 (a) b) S 1 7 7 34816 7 0")).isTrue();
  }
}
