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
        "amqp://host?x=1&authToken=hunter2",
        "etcd://host?p%61ssword=hunter2",
        "etcd://host?a%0Apassword=hunter2",
        "etcd://host?next=redis://u:hunter2@other",
        "redis://user:hun?x=hunter2@host",
        "redis://user:?hunter2@host",
        "redis://user:a?x=hunter2@host",
        "redis://user:12?x=hunter2@host",
        "redis://user:a@b?hunter2@host",
        "redis://user:a;hunter2@host?ttl=5s",
        "redis://us/er:hunter2@host",
        "redis://host?password=a;hunter2&ttl=5s",
        "redis://host?password=a&hunter2&ttl=5s",
        "redis://host?p%61ssword=hunter2",
        "jdbc:sqlserver://host;user=me;password=a?hunter2;x=y",
        "jdbc:sqlserver://host;user=me;password=a;hunter2;x=y",
        "jdbc:h2:mem:x;USER=sa;PASSWORD=hunter2",
        "jdbc:oracle:thin:scott/hunter2@host:1521/x",
        "jdbc:postgresql://u:a;hunter2@host/db"
      })
  void neverShowsAPassword(String uri) {
    try {
      assertThat(StoreAddress.parse(uri).toString()).doesNotContain("hunter2").contains("***");
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessageNotContaining("hunter2").hasMessageContaining("***");
    }
    assertThat(StoreAddress.withoutSecrets(uri).contains("hunter2") && !uri.contains(":12?"))
        .isFalse();
    assertThat(StoreAddress.mask(uri)).doesNotContain("hunter2").contains("***");
    assertThatThrownBy(() -> StoreAddress.parse(uri + (uri.contains("?") ? "&" : "?") + "%x=y"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("hunter2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "redis://user:a\nhunter2@host",
        "redis://host?password=a&hunter2",
        "jdbc:h2:mem:x;USER=sa;PASSWORD=hunter2;MODE=y",
        "jdbc:h2:mem:x;PASSWORD=a;hunter2?x=y",
        "etcd://host:1?password=a@hunter2&x=y",
        "x://host:1?listen=jdbc:y://h?password=hunter2%26z=my-file"
      })
  void masksWhatIsNoProperAddress(String text) {
    assertThat(StoreAddress.mask(text)).doesNotContain("hunter2").contains("***");
  }

  @Test
  void masksALongTextInNoTime() {
    String slashes = "//:".repeat(300_000);
    assertThat(StoreAddress.mask(slashes)).isEqualTo(slashes);
  }

  @Test
  void masksAPasswordWithAnUnescapedQuestionMark() {
    assertThat(StoreAddress.mask("redis://user:hun?ter2@host")).isEqualTo("redis://user:***@host");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file:/a:b@c/d?buckets=3",
        "tyer://host?token-file=/etc/tyer/shop-token",
        "redis://me@host:6379/0?ttl=5s",
        "redis://host:6379/0?owner=me",
        "jdbc:postgresql://host:5432/db?user=me&ssl=on"
      })
  void leavesWhatHoldsNoSecret(String uri) {
    assertThat(StoreAddress.mask(uri)).isEqualTo(uri);
    assertThat(StoreAddress.withoutSecrets(uri)).isEqualTo(uri);
  }

  @Test
  void anOptionWithAnAtSignStaysUsable() {
    String uri = "jdbc:postgresql://host:5432/db?user=me@server&ssl=on";
    assertThat(StoreAddress.withoutSecrets(uri)).isEqualTo(uri);
  }
}
