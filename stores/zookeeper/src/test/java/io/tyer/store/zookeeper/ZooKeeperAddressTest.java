package io.tyer.store.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tyer.spi.StoreAddress;
import io.tyer.store.network.HostPort;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ZooKeeperAddressTest {

  private static ZooKeeperAddress read(String uri) {
    return ZooKeeperAddress.of(StoreAddress.parse(uri));
  }

  @Test
  void theShortestIsOneServer() {
    ZooKeeperAddress address = read("zookeeper://zk");
    assertThat(address.servers()).containsExactly(new HostPort("zk", 2181));
    assertThat(address.root()).isEqualTo("/tyer");
    assertThat(address.user()).isNull();
    assertThat(address.owned()).isFalse();
    assertThat(address.tick()).isEqualTo(Duration.ofSeconds(2));
    assertThat(address.tls()).isFalse();
  }

  @Test
  void serversAndPathAreRead() {
    ZooKeeperAddress address = read("zookeeper://a,b:1,[::1]:2,a/locks/of/us?tick=500ms");
    assertThat(address.connectString()).isEqualTo("a:2181,b:1,[::1]:2");
    assertThat(address.root()).isEqualTo("/locks/of/us");
    assertThat(address.tick()).isEqualTo(Duration.ofMillis(500));
    assertThat(new Paths(address.root()).lasting())
        .isEqualTo(
            List.of(
                "/locks",
                "/locks/of",
                "/locks/of/us",
                "/locks/of/us/lines",
                "/locks/of/us/sessions",
                "/locks/of/us/inboxes"));
  }

  @Test
  void credentialsAreReadAndTheirOwnersOwnWhatTheyMake() {
    ZooKeeperAddress address = read("zookeeper://me:p%40ss+%3F@zk/locks");
    assertThat(address.user()).isEqualTo("me");
    assertThat(address.password()).isEqualTo("p@ss+?");
    assertThat(address.owned()).isTrue();
    assertThat(address.toString()).doesNotContain("p%40ss", "p@ss");
    assertThat(read("zookeeper://me:x@zk?acl=open").owned()).isFalse();
    assertThat(read("zookeeper://zk?acl=auth").owned()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "zookeeper:zk, reads zookeeper://host:port",
    "zookeeper://, reads zookeeper://host:port",
    "zookeeper://zk:0, a port is 1 to 65535",
    "'zookeeper://zk,', a server is written as",
    "zookeeper://zk/a/, does not end with a slash",
    "zookeeper://zk//a, between slashes",
    "zookeeper://zk/a/../b, made of letters",
    "zookeeper://zk/zookeeper/config, does not begin with /zookeeper",
    "zookeeper://me@zk, user:password@",
    "zookeeper://:secret@zk, user:password@",
    "zookeeper://zk?tick=2, reads 2s or 500ms",
    "zookeeper://zk?tick=0ms, reads 2s or 500ms",
    "zookeeper://zk?acl=world, acl is one of",
    "zookeeper://zk?tls-ca=/x, add tls=true",
    "zookeeper://zk?tls=yes, tls is one of",
    "zookeeper://zk?tls=true&tls-ca=/not/there, cannot be read",
    "zookeeper://zk?chroot=/a, does not know the options",
  })
  void whatIsWrongIsSaid(String uri, String said) {
    assertThatThrownBy(() -> read(uri))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(said)
        .message()
        .doesNotContain("secret");
  }
}
