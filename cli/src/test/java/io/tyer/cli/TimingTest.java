package io.tyer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tyer.command.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TimingTest {

  private static final Address PLAIN = new Address("file:/x");

  private static Timing timing(
      @Nullable String ttl, @Nullable String grace, OnLoss onLoss, Address address) {
    return Timing.of(
        new RunOptions(
            new StoreOptions(null, null),
            null,
            new Share.All(),
            false,
            ttl == null ? null : Duration.parse(ttl),
            onLoss,
            grace == null ? null : Duration.parse(grace),
            null,
            false,
            "n",
            List.of("c")),
        address,
        Map.of("TYER_BEAT", ""));
  }

  @Test
  void theMarginHoldsTheGrace() {
    Timing timing = timing(null, null, OnLoss.KILL, PLAIN);
    assertThat(timing.ttl()).isEqualTo(Duration.ofSeconds(15));
    assertThat(timing.grace()).isEqualTo(Duration.ofSeconds(2));
    assertThat(timing.margin()).isEqualTo(Duration.ofMillis(3500));
    assertThat(timing.sampleMillis()).isEqualTo(750);
  }

  @Test
  void theGraceShrinksWithTheTtl() {
    Timing timing = timing("PT1S", null, OnLoss.KILL, PLAIN);
    assertThat(timing.grace()).isEqualTo(Duration.ofMillis(200));
    assertThat(timing.margin()).isEqualTo(Duration.ofMillis(400));
    Timing tight = timing("PT1S", null, OnLoss.KILL, new Address("file:/x?beat=600ms"));
    assertThat(tight.grace()).isEqualTo(Duration.ofMillis(100));
    assertThat(tight.margin()).isEqualTo(Duration.ofMillis(300));
  }

  @Test
  void settingsOfTheAddressCount() {
    Timing timing = timing(null, "PT1S", OnLoss.KILL, new Address("file:/x?ttl=30s&margin=4s"));
    assertThat(timing.ttl()).isEqualTo(Duration.ofSeconds(30));
    assertThat(timing.margin()).isEqualTo(Duration.ofSeconds(5));
    assertThatThrownBy(() -> timing(null, null, OnLoss.KILL, new Address("file:/x?ttl=soon")))
        .hasMessageContaining("ttl: not a duration");
  }

  @Test
  void noKillNoGrace() {
    assertThat(timing(null, "PT9S", OnLoss.TERM, PLAIN).margin())
        .isEqualTo(Duration.ofMillis(1500));
  }

  @Test
  void aGraceThatDoesNotFitIsRefused() {
    assertThatThrownBy(() -> timing(null, "PT10S", OnLoss.KILL, PLAIN))
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "--grace 10s does not fit: beat 5s + margin 1s500ms + grace must be less than ttl 15s;"
                + " give it less than 8s500ms, or the session a longer --ttl");
  }
}
