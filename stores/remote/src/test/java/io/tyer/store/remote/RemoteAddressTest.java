package io.tyer.store.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tyer.spi.StoreAddress;
import io.tyer.store.network.HostPort;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteAddressTest {

  private static RemoteAddress of(String uri) {
    return RemoteAddress.of(StoreAddress.parse(uri));
  }

  @Test
  void aHostIsEnough() {
    RemoteAddress address = of("tyer://h");
    assertThat(address.servers()).containsExactly(new HostPort("h", 7878));
    assertThat(address.plaintext()).isFalse();
    assertThat(address.authorities()).isNull();
    assertThat(address.toString()).isEqualTo("tyer://h");
  }

  @Test
  void severalAreKeptInOrderAndOnce() {
    assertThat(of("tyer://B:1,[::1]:2,c,b:1/").servers())
        .containsExactly(new HostPort("b", 1), new HostPort("::1", 2), new HostPort("c", 7878));
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "127.0.0.1:1", "127.8.9.1", "[::1]:1", "LOCALHOST,[::1]"})
  void plainTextIsForLoopback(String hosts) {
    assertThat(of("tyer://" + hosts + "?plaintext=true").plaintext()).isTrue();
    assertThat(of("tyer://" + hosts + "?plaintext=false").plaintext()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tyer:h | reads tyer://host:port",
        "tyer:// | reads tyer://host:port",
        "tyer:/// | reads tyer://host:port",
        "tyer://h:0 | a port is 1 to 65535",
        "tyer://h:65536 | a port is 1 to 65535",
        "tyer://h:x | a port is 1 to 65535",
        "tyer://h: | a port is 1 to 65535",
        "tyer://a,,b | a server is written as",
        "tyer://a, b | a server is written as",
        "tyer://::1 | [ipv6]:port",
        "tyer://[::1 | [ipv6]:port",
        "tyer://[::1]x:2 | [ipv6]:port",
        "tyer://a/b | a server is written as",
        "tyer://u:s3cret@h | neither user nor password",
        "tyer://h?tls=ca | [tls]; it knows [plaintext, tls-ca, tls-cert, tls-key, token-file]",
        "tyer://h?plaintext=yes | plaintext is true or false, not 'yes'",
        "tyer://h?plaintext=true | not for h:7878",
        "tyer://localhost,10.0.0.1?plaintext=true | not for 10.0.0.1:7878",
        "tyer://127.0.0.1.example?plaintext=true | not for 127.0.0.1.example:7878",
        "tyer://localhost?plaintext=true&tls-ca=/etc/hostname | needs TLS",
        "tyer://h?tls-ca=/no/such/file | tls-ca names a file that cannot be read",
        "tyer://h?tls-ca=/etc | tls-ca names a file that cannot be read",
        "tyer://h?tls-ca=%00 | cannot be read",
        "tyer://h?tls-cert=/etc/hostname | given together",
        "tyer://h?token=s3cret | token-file",
        "tyer://h?token-file=/no/such/file | token-file names a file that cannot be read",
      })
  void whatIsWrongIsSaidAndNoSecret(String uri, String said) {
    assertThatThrownBy(() -> of(uri))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(said)
        .hasMessageNotContaining("s3cret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"tls-ca", "tls-cert=/etc/hostname&tls-key"})
  void whatIsNoCertificateIsRefused(String option) {
    RemoteAddress address = of("tyer://h?" + option + "=/etc/hostname");
    assertThatThrownBy(() -> new FreshTls(address))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("PEM");
  }
}
