package io.tyer.benchmarks.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Rows on three members of the lock server, with TLS, as they are started for a run. */
@Timeout(90)
class TyerServerRowsTest {

  private static Servers servers;
  private static Address place;

  @TempDir private Path directory;

  @BeforeAll
  static void start() throws IOException {
    servers = new Servers();
    place = servers.locate(Address.parse("tyer:?tls=on&ttl=5s"));
  }

  @AfterAll
  static void end() throws IOException {
    servers.close();
  }

  @Test
  void clientsAreToldOfItsSecurity() {
    assertThat(place.option("ttl")).contains("5s");
    assertThat(place.option("tls-ca")).isPresent();
    assertThat(place.option("tls")).isEmpty();
    assertThat(servers.descriptions().toString()).contains("TLS, 3 nodes").contains("-Xmx256m");
  }

  @Test
  void oneAcquireAfterTheOtherIsTimed() throws Exception {
    Row row = Rows.named("acquire").orElseThrow();
    List<Integer> roles = IntStream.range(0, row.players()).boxed().toList();
    Effort effort = new Effort(1_000, 3_000, 1, 20, 1_000, 20);
    Map<String, Double> figures =
        Players.play(
            row, place, Board.at(directory.resolve("acquire")), effort, roles, roles.size());
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
