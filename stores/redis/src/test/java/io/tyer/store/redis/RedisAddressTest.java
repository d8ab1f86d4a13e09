package io.tyer.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tyer.spi.StoreAddress;
import io.tyer.store.network.HostPort;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedisAddressTest {

  private static RedisAddress of(String uri) {
    return RedisAddress.of(StoreAddress.parse(uri));
  }

  @Test
  void aHostIsEnough() {
    RedisAddress address = of("redis://h");
    assertThat(address.kind()).isEqualTo(RedisAddress.Kind.SINGLE);
    assertThat(address.servers()).containsExactly(new HostPort("h", 6379));
    assertThat(address.database()).isZero();
    assertThat(address.user()).isNull();
    assertThat(address.password()).isNull();
    assertThat(address.prefix()).isEqualTo("tyer");
    assertThat(address.replicas()).isZero();
    assertThat(address.tls()).isFalse();
    assertThat(address.verifies()).isTrue();
  }

  @Test
  void allCanBeSaid() {
    RedisAddress address =
        of(
            "rediss://us%40er:p%3Aa+%2Fss%25@[::1]:1/7?prefix=a.b&replicas=2&replicas-timeout=2s"
                + "&tls-verify=ca");
    assertThat(address.user()).isEqualTo("us@er");
    assertThat(address.password()).isEqualTo("p:a+/ss%");
    assertThat(address.servers()).containsExactly(new HostPort("::1", 1));
    assertThat(address.database()).isEqualTo(7);
    assertThat(address.prefix()).isEqualTo("a.b");
    assertThat(address.replicas()).isEqualTo(2);
    assertThat(address.replicasTimeout()).isEqualTo(Duration.ofSeconds(2));
    assertThat(address.tls()).isTrue();
    assertThat(address.verifies()).isFalse();
  }

  @Test
  void sentinelsHaveAMasterAndACredentialOfTheirOwn() {
    RedisAddress address =
        of("redis-sentinel://:data@a,b:2,[c::d]/1?master=m&sentinel-user=s&sentinel-password=x");
    assertThat(address.kind()).isEqualTo(RedisAddress.Kind.SENTINEL);
    assertThat(address.servers())
        .isEqualTo(
            List.of(new HostPort("a", 26379), new HostPort("b", 2), new HostPort("c::d", 26379)));
    assertThat(address.master()).isEqualTo("m");
    assertThat(address.password()).isEqualTo("data");
    assertThat(address.sentinelUser()).isEqualTo("s");
    assertThat(address.sentinelPassword()).isEqualTo("x");
    assertThat(of("rediss-cluster://a,b").kind()).isEqualTo(RedisAddress.Kind.CLUSTER);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "redis:h | reads redis://host:port",
        "redis:// | reads redis://host:port",
        "redis://h:0 | a port is 1 to 65535",
        "redis://h:65536 | a port is 1 to 65535",
        "redis://h:x | a port is 1 to 65535",
        "redis://h: | a port is 1 to 65535",
        "redis://:s3cret@ | a server is written as",
        "redis://a,b | several are redis-sentinel:// or redis-cluster://",
        "redis-cluster://a,,b | a server is written as",
        "redis://::1 | [ipv6]:port",
        "redis://h/x | number of a database",
        "redis://h/-1 | number of a database",
        "redis://h/1/2 | number of a database",
        "redis-cluster://h/1 | no database but 0",
        "redis://user@h | user:password@",
        "redis://u:s3cret%zz@h | two hexadecimal digits",
        "redis://u:p%s3cret@h | two hexadecimal digits",
        "redis://u:p?s3cret@h=1 | written as %3F",
        "rediss://h?tls-ca=%00 | cannot be read",
        "redis://:s3cret@h?prefix= | a prefix is",
        "redis://:s3cret@h?prefix=a%7Bb | a prefix is",
        "redis://:s3cret@h?replicas=-1 | replicas is a number from 0 to 100",
        "redis://:s3cret@h?replicas=x | replicas is a number from 0 to 100",
        "redis://h?replicas-timeout=1s | needs replicas",
        "redis://h?replicas=1&replicas-timeout=1 | reads 500ms or 2s",
        "redis://h?master=m | belongs to redis-sentinel://",
        "redis://h?tls-verify=ca | begins with rediss",
        "rediss://h?tls-verify=none | full (certificate and host name) or ca",
        "rediss://h?tls-ca=/no/such/file | cannot be read",
        "rediss://:s3cret@h?tls-cert=/etc/hostname | given together",
        "redis://:s3cret@h?sentinel-passwort=s3cret | does not know the options [sentinel-passwort]",
      })
  void whatIsWrongIsSaidAndNoSecret(String uri, String said) {
    assertThatThrownBy(() -> of(uri))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(said)
        .hasNoCause()
        .hasMessageNotContaining(uri.contains("sentinel-passwort") ? ":s3cret" : "s3cret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "redis://:s3cret@h",
        "redis://u:s3cret@h/1?replicas=1",
        "redis://u:s3cret@x:s3cret@h",
        "redis-sentinel://h?sentinel-password=s3cret",
        "redis-sentinel://:s3cret@h?sentinel-user=u&sentinel-password=s3cret",
      })
  void secretsAreShownNowhere(String uri) {
    RedisAddress address = of(uri);
    assertThat(address.toString()).doesNotContain("s3cret").contains("***");
    assertThat(address.shown()).doesNotContain("s3cret");
    assertThat(String.format("%s", address)).doesNotContain("s3cret");
  }

  @ParameterizedTest
  @CsvSource({
    "redis://:p@h, h:6379",
    "redis://:p@127.0.0.1, ''",
    "redis://:p@localhost, ''",
    "redis://:p@[::1], ''",
    "redis://:p@127.0.0.1.example, 127.0.0.1.example:6379",
    "redis://:p@10.0.0.1, 10.0.0.1:6379",
    "redis://10.0.0.1, ''",
    "rediss://:p@10.0.0.1, ''",
    "'redis-cluster://:p@localhost,far:7', far:7",
    "redis-sentinel://far?sentinel-password=p, far:26379",
  })
  void credentialsInTheClearAreSeen(String uri, String exposed) {
    assertThat(ClearText.server(of(uri)).map(HostPort::toString).orElse("")).isEqualTo(exposed);
  }
}
