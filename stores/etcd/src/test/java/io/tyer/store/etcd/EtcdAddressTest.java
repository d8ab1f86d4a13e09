package io.tyer.store.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.tyer.spi.StoreAddress;
import io.tyer.store.network.HostPort;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an address may say, and what is said of one that may not. */
class EtcdAddressTest {

  private static EtcdAddress of(String text) {
    return EtcdAddress.of(StoreAddress.parse(text));
  }

  @Test
  void aMemberAloneIsEnough() {
    EtcdAddress address = of("etcd://localhost");
    assertThat(address.members()).containsExactly(new HostPort("localhost", 2379));
    assertThat(address.path()).isEqualTo("/tyer");
    assertThat(address.tls()).isFalse();
    assertThat(address.user()).isNull();
  }

  @Test
  void membersUserAndPathAreRead() {
    EtcdAddress address = of("etcds://me:p%40ss+word@a:1,B,[::1]:3,a:1/team/locks/");
    assertThat(address.members())
        .isEqualTo(List.of(new HostPort("a", 1), new HostPort("b", 2379), new HostPort("::1", 3)));
    assertThat(address.path()).isEqualTo("/team/locks");
    assertThat(address.tls()).isTrue();
    assertThat(address.user()).isEqualTo("me");
    assertThat(address.password()).isEqualTo("p@ss+word");
    assertThat(address.toString()).contains("etcds://").doesNotContain("p@ss", "p%40ss");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "etcd:localhost|reads etcd://host:port",
        "etcd://|names a member",
        "etcd://a,,b|host:port",
        "etcd://a:0|port",
        "etcd://a?prefix=x|does not know the options [prefix]",
        "etcd://a?tls-ca=/dev/null|begins with etcds",
        "etcds://a?tls-cert=/dev/null|together",
        "etcds://a?tls-ca=/no/such/file|cannot be read",
        "etcd://me@a|user:password@",
        "etcd://me:@a|user:password@",
        "etcd://:s3cret@a|user:password@",
        "etcd://a/with blank|letters, digits",
        "etcd://a//b|letters, digits",
        "etcd://me:s3cret%zz@a|hexadecimal",
        "etcd://me:s3cret?x@a|name=value",
      })
  void whatCannotBeIsRefusedInWordsAndWithoutSecrets(String text, String words) {
    Throwable refusal = catchThrowable(() -> of(text));
    assertThat(refusal).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(words);
    assertThat(refusal.getMessage()).doesNotContain("s3cret");
  }

  @ParameterizedTest
  @CsvSource({
    "3.3.27,true,false,false",
    "3.4.23,false,true,false",
    "3.4.31,false,false,false",
    "3.5.2,false,true,true",
    "3.5.12,false,true,false",
    "3.5.13,false,false,false",
    "3.6.0-rc.1,false,false,false",
    "4.0.0,false,false,false",
    "unknown,false,false,false",
  })
  void whatIsKnownOfVersions(String version, boolean old, boolean revokes, boolean diverges) {
    assertThat(Versions.isOld(version)).isEqualTo(old);
    assertThat(Versions.revokesWhenResumed(version)).isEqualTo(revokes);
    assertThat(Versions.mayDiverge(version)).isEqualTo(diverges);
  }
}
