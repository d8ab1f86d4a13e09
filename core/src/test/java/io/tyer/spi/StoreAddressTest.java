package io.tyer.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreAddressTest {

  @Test
  void readsSchemeLocationAndOptions() {
    StoreAddress address = StoreAddress.parse("FILE:/a%20b?ttl=5s&x=a%26b");
    assertThat(address.scheme()).isEqualTo("file");
    assertThat(address.location()).isEqualTo("/a%20b");
    assertThat(address.options()).containsEntry("ttl", "5s").containsEntry("x", "a&b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "redis://user:hunter2@host:6379/0",
        "redis://:hunter2@host",
        "redis://user:hun@hunter2/x@host",
        "jdbc:postgresql://u:hunter2@host/db?x=y",
        "redis://host?password=hunter2&ttl=5s",
        "amqp://host?x=1&authToken=hunter2"
      })
  void neverShowsAPassword(String uri) {
    assertThat(StoreAddress.parse(uri).toString()).doesNotContain("hunter2").contains("***");
    assertThat(StoreAddress.mask(uri)).doesNotContain("hunter2").contains("***");
    assertThatThrownBy(() -> StoreAddress.parse(uri + (uri.contains("?") ? "&" : "?") + "broken"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void masksAPasswordWithAnUnescapedQuestionMark() {
    assertThat(StoreAddress.mask("redis://user:hun?ter2@host")).isEqualTo("redis://user:***@host");
  }
}
