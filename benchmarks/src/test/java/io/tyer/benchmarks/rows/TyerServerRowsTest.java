package io.tyer.benchmarks.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tyer.benchmarks.play.Address;
import io.tyer.benchmarks.play.Effort;
import io.tyer.benchmarks.server.Places;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rows on three members of the lock server, with TLS, as they are started for a run. */
@Timeout(180)
@Tag("full")
class TyerServerRowsTest extends OnLockServer {

  @Test
  void clientsAreToldOfItsSecurity() {
    assertThat(place.option("ttl")).contains("5s");
    assertThat(place.option("tls-ca")).isPresent();
    assertThat(place.option("tls")).isEmpty();
    assertThat(servers.descriptions().toString())
        .contains("TLS and access tokens, 3 nodes")
        .contains("-Xmx256m");
  }

  @Test
  void oneAcquireAfterTheOtherIsTimed() throws Exception {
    Map<String, Double> figures = play("acquire", new Effort(1_000, 3_000, 1, 20, 1_000, 20));
    assertThat(figures.get("samples")).isPositive();
    assertThat(figures.get("p50_us")).isPositive().isLessThanOrEqualTo(figures.get("p99_us"));
  }

  @Test
  void onlyServersOfTheRunAreGivenTheirTlsByIt() {
    for (String wrong : List.of("tyer://h:1?tls=on", "tyer:?tls=yes")) {
      assertThatThrownBy(() -> Places.check(Address.parse(wrong)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("tyer:?tls=on");
    }
    assertThatThrownBy(() -> Places.check(Address.parse("tyer://h")))
        .hasMessageContaining("host:port");
  }
}
