package io.tyer.benchmarks.play;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tyer.benchmarks.server.Places;
import org.junit.jupiter.api.Test;

class AddressTest {

  @Test
  void optionsComeAndGo() {
    Address biased = Address.parse("file:a/b?ttl=5s&bias=true");
    assertThat(biased.biased()).isTrue();
    assertThat(biased.unbiased().uri()).isEqualTo("file:a/b?ttl=5s");
    assertThat(biased.unbiased().biased()).isFalse();
    assertThat(biased.with("batons", "0").uri()).isEqualTo("file:a/b?ttl=5s&bias=true&batons=0");
    assertThat(biased.with("ttl", "1s").uri()).isEqualTo("file:a/b?bias=true&ttl=1s");
    assertThat(Address.parse("memory:x").with("batons", "0").uri()).isEqualTo("memory:x?batons=0");
    assertThat(Address.parse("memory:x?bias=true").unbiased().uri()).isEqualTo("memory:x");
  }

  @Test
  void whatIsUsualGivesWayToWhatIsGiven() {
    Address given = Address.parse("postgresql://h/d?user=me");
    assertThat(given.withDefault("user", "postgres")).isEqualTo(given);
    assertThat(given.withDefault("ttl", "1s").query()).isEqualTo("user=me&ttl=1s");
    assertThat(given.withoutOptions().uri()).isEqualTo("postgresql://h/d");
  }

  @Test
  void passwordsAreNotShown() {
    Address address = Address.parse("redis://me:secret@host/1?password=other");
    assertThat(address.toString()).doesNotContain("secret").doesNotContain("other");
    assertThat(address.uri()).contains("secret").contains("other");
  }

  @Test
  void aFreshPlaceIsBelowTheGivenOne() {
    assertThat(Places.fresh(Address.parse("file:a/b?bias=true"), "run-1").uri())
        .isEqualTo("file:a/b/run-1?bias=true");
    assertThat(Places.fresh(Address.parse("memory:x"), "run-1").uri()).isEqualTo("memory:x-run-1");
    assertThat(Places.fresh(Address.parse("redis://h"), "run-1").uri()).isEqualTo("redis://h");
  }

  @Test
  void aServerHasASecondDatabase() {
    assertThat(Places.second(Address.parse("redis://h:1?ttl=5s")).uri())
        .isEqualTo("redis://h:1/1?ttl=5s");
    assertThat(Places.second(Address.parse("redis://h")).uri()).isEqualTo("redis://h:6379/1");
    assertThat(Places.second(Address.parse("mariadb://h:1/d")).uri())
        .isEqualTo("mariadb://h:1/d?prefix=second");
    assertThat(Places.second(Address.parse("file:a")).uri()).isEqualTo("file:a/second");
  }

  @Test
  void serversThatCannotBeAskedAreRefused() {
    Places.check(Address.parse("redis:?bias=true"));
    Places.check(Address.parse("redis://h:1/2"));
    assertThatThrownBy(() -> Places.check(Address.parse("redis://me:secret@h")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("secret");
    assertThatThrownBy(() -> Places.check(Address.parse("redis:h")))
        .isInstanceOf(IllegalArgumentException.class);
    Places.check(Address.parse("postgresql:"));
    Places.check(Address.parse("mariadb://h:1/database"));
    assertThatThrownBy(() -> Places.check(Address.parse("postgresql://me:secret@h/database")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("postgresql://host:port/database")
        .hasMessageNotContaining("secret");
    assertThatThrownBy(() -> Places.check(Address.parse("mariadb://h")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
