package io.tyer.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tyer.fuzz.Refusals;
import io.tyer.fuzz.SecretAddress;
import io.tyer.spi.StoreAddress;
import io.tyer.store.network.HostPort;

/** Addresses of Redis stores: read or refused, and no password is ever shown. */
class RedisAddressFuzzTest {

  @FuzzTest
  void any(FuzzedDataProvider in) {
    String text = in.consumeRemainingAsString();
    RedisAddress address;
    try {
      StoreAddress parsed = StoreAddress.parse(text);
      if (!RedisAddress.SCHEMES.contains(parsed.scheme())) {
        return;
      }
      address = RedisAddress.of(parsed);
    } catch (IllegalArgumentException e) {
      Refusals.explains(e, text.length());
      return;
    }
    assertThat(address.servers()).isNotEmpty();
    for (HostPort server : address.servers()) {
      assertThat(server.host()).isNotBlank();
      assertThat(server.port()).isBetween(1, 65_535);
    }
    assertThat(address.database()).isNotNegative();
    assertThat(address.prefix()).doesNotContain("{", "}");
    assertThat(address.replicasTimeout()).isPositive();
    assertThat(address.user() != null && address.password() == null).isFalse();
  }

  /** As {@link SecretAddress}, but of Redis only; a first line of {@code s} is for sentinels. */
  @FuzzTest
  void withASecret(FuzzedDataProvider in) {
    String lines = in.consumeRemainingAsString();
    String text = SecretAddress.of(lines);
    if (lines.startsWith("s\n")) {
      String rest = text.substring(text.lastIndexOf(Refusals.SECRET) + Refusals.SECRET.length());
      text = "redis-sentinel://host?sentinel-password=" + Refusals.SECRET + "&x=" + rest;
    }
    try {
      StoreAddress parsed = StoreAddress.parse(text);
      if (RedisAddress.SCHEMES.contains(parsed.scheme())) {
        assertThat(RedisAddress.of(parsed).toString()).doesNotContain(Refusals.SECRET);
      }
    } catch (IllegalArgumentException e) {
      Refusals.explains(e, text.length());
      Refusals.hideTheSecret(e);
    }
  }
}
