package io.tyer.store.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostPortTest {

  @ParameterizedTest
  @CsvSource({"h, h:9", "h:1, h:1", "[::1], [::1]:9", "[::1]:2, [::1]:2", "1.2.3.4:5, 1.2.3.4:5"})
  void serversAreWrittenAsTheyAreRead(String text, String shown) {
    HostPort server = HostPort.parse("a server", text, 9);
    assertThat(server.toString()).isEqualTo(shown);
    assertThat(HostPort.parse("a server", server.toString(), 1)).isEqualTo(server);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":1",
        "[]",
        "[]:1",
        "[::1",
        "a:b:c",
        "[::1]x",
        "[::1]x:1",
        "a b",
        "a]b",
        "a/b"
      })
  void whatIsNoServerIsRefused(String text) {
    assertThatThrownBy(() -> HostPort.parse("a member", text, 9))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a member is written as host, host:port or [ipv6]:port, not '" + text + "'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"h:+1", "h:", "h:0", "h:65536", "[::1]:x"})
  void whatIsNoPortIsRefused(String text) {
    assertThatThrownBy(() -> HostPort.parse("a server", text, 9))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("a port is 1 to 65535, not '");
  }
}
