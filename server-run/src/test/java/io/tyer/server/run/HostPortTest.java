package io.tyer.server.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tyer.command.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostPortTest {

  @ParameterizedTest
  @CsvSource({
    "localhost:7878, localhost, 7878, localhost:7878",
    "localhost, localhost, 1, localhost:1",
    "10.0.0.1:0, 10.0.0.1, 0, 10.0.0.1:0",
    "[::1]:5, ::1, 5, [::1]:5",
    "[::1], ::1, 1, [::1]:1",
    "::1, ::1, 1, [::1]:1"
  })
  void reads(String text, String host, int port, String written) {
    HostPort place = HostPort.parse("--listen", text, 1);
    assertThat(place).isEqualTo(new HostPort(host, port));
    assertThat(place).hasToString(written);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ":1", "a:b", "a:", "a:65536", "a:-1", "[::1", "[::1]x:3", "[]:1"})
  void saysWhatItWantsInstead(String text) {
    assertThatThrownBy(() -> HostPort.parse("--listen", text, 1))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("--listen")
        .hasMessageContaining("localhost:7878");
  }

  @Test
  void knowsThisMachine() {
    assertThat(new HostPort("localhost", 1).isLoopback()).isTrue();
    assertThat(new HostPort("::1", 1).isLoopback()).isTrue();
    assertThat(new HostPort("192.0.2.1", 1).isLoopback()).isFalse();
    assertThat(new HostPort("no.such.host.invalid", 1).isLoopback()).isFalse();
  }
}
