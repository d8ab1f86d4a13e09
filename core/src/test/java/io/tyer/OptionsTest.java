package io.tyer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {

  private static Options resolve(
      Map<TyerOption, String> given, Map<String, String> query, Map<String, String> environment) {
    return Options.resolve(given, query, environment);
  }

  @Test
  void theBuilderCountsBeforeTheAddressBeforeTheEnvironment() {
    Map<String, String> environment = Map.of("TYER_TTL", "30s", "TYER_BATONS", "3");
    Map<String, String> query = Map.of("ttl", "20s");
    assertThat(resolve(Map.of(TyerOption.TTL, "10s"), query, environment).ttl())
        .isEqualTo(Duration.ofSeconds(10));
    assertThat(resolve(Map.of(), query, environment).ttl()).isEqualTo(Duration.ofSeconds(20));
    Options fromEnvironment = resolve(Map.of(), Map.of(), environment);
    assertThat(fromEnvironment.ttl()).isEqualTo(Duration.ofSeconds(30));
    assertThat(fromEnvironment.batons(16)).isEqualTo(3);
  }

  @Test
  void theDefaultsAreTheDocumentedOnes() {
    Options options = resolve(Map.of(), Map.of(), Map.of());
    var settings = TyerBuilder.settings(options, Duration.ofMillis(7));
    assertThat(settings.ttl()).isEqualTo(Duration.ofSeconds(15));
    assertThat(settings.beat()).isEqualTo(Duration.ofSeconds(5));
    assertThat(settings.margin()).isEqualTo(Duration.ofMillis(1507));
    assertThat(settings.operationTimeout()).isEqualTo(Duration.ofSeconds(5));
    assertThat(settings.longestWait()).isEqualTo(Duration.ZERO);
    assertThat(settings.batons()).isEqualTo(16);
    assertThat(settings.batonTime()).isEqualTo(Duration.ofMillis(10));
    assertThat(settings.order()).isEqualTo(Order.CLIENTS);
    assertThat(options.connectTimeout()).isEqualTo(Duration.ofSeconds(3));
    assertThat(options.lazy()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "memory:x?ttl=900ms",
        "memory:x?ttl=soon",
        "memory:x?ttl=3s&beat=3s",
        "memory:x?batons=-1",
        "memory:x?batons=many",
        "memory:x?batons=2001",
        "memory:x?lazy=perhaps",
        "memory:x?order=STRICT",
        "memory:x?order=strict&bias=true",
        "memory:x?operation-timeout=0s",
        "memory:x?operation-timeout=8d",
        "memory:x?beat=PT9223372036854775807S&margin=PT9223372036854775807S",
        "memory:x?wait=PT9223372036854775807S",
        "memory:x?wait=0s",
        "memory:x?wait=-1s",
        "memory:x?ttl=unbounded",
        "memory:x?colour=red",
        "memory:x?ttl=3s&ttl=4s",
        "memory:x?ttl",
        "memory:x?ttl=%zz",
        "memory:",
        "nosuchstore:x",
        "no scheme"
      })
  void wrongAddressesAreRefusedWithAMessage(String uri) {
    assertThatThrownBy(() -> Tyer.open(uri))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching("(?s).{20,}");
  }

  @Test
  void theBuildersMethodsSetTheOptionsThatTheyAreNamedFor() {
    Duration brief = Duration.ofMillis(1234);
    assertThatThrownBy(() -> Tyer.builder("memory:x").margin(Duration.ofSeconds(20)).open())
        .hasMessageContaining("margin PT20S");
    assertThatThrownBy(() -> Tyer.builder("memory:x").beat(Duration.ofSeconds(20)).open())
        .hasMessageContaining("beat PT20S");
    assertThatThrownBy(() -> Tyer.builder("memory:x").batons(-1).open())
        .hasMessageContaining("batons");
    assertThatThrownBy(() -> Tyer.builder("memory:x").batonTime(brief.negated()).open())
        .hasMessageContaining("baton-time");
    assertThatThrownBy(() -> Tyer.builder("memory:x").biasIdle(Duration.ofNanos(1)).open())
        .hasMessageContaining("bias-idle");
    assertThatThrownBy(() -> Tyer.builder("memory:x").operationTimeout(Duration.ZERO).open())
        .hasMessageContaining("operation-timeout");
    assertThatThrownBy(() -> Tyer.builder("memory:x").connectTimeout(brief.negated()).open())
        .hasMessageContaining("connect-timeout");
    assertThatThrownBy(() -> Tyer.builder("memory:x").owner("x".repeat(257)).open())
        .hasMessageContaining("owner");
    assertThat(Tyer.builder("memory:x").order(Order.STRICT).given(TyerOption.ORDER))
        .isEqualTo("strict");
    assertThat(Tyer.builder("memory:x").bias(true).given(TyerOption.BIAS)).isEqualTo("true");
    assertThat(Tyer.builder("memory:x").lazy(true).given(TyerOption.LAZY)).isEqualTo("true");
    assertThat(Tyer.builder("memory:x").reportUnclosed(true).given(TyerOption.REPORT_UNCLOSED))
        .isEqualTo("true");
  }

  @Test
  void theLongestWaitIsGivenInOnePlaceAndTakenFromTheFirst() {
    Map<String, String> environment = Map.of("TYER_WAIT", "30s");
    assertThat(resolve(Map.of(), Map.of(), environment).longestWait())
        .isEqualTo(Duration.ofSeconds(30));
    assertThat(resolve(Map.of(), Map.of("wait", "unbounded"), environment).longestWait())
        .isEqualTo(Duration.ZERO);
  }

  @Test
  void everyOptionIsDescribed() {
    for (TyerOption option : TyerOption.values()) {
      assertThat(option.description()).isNotBlank();
      assertThat(option.defaultText()).isNotBlank();
      assertThat(option.key()).matches("[a-z-]+");
      assertThat(option.environmentName()).matches("TYER_[A-Z_]+");
    }
  }
}
