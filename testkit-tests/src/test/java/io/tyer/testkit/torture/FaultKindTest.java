package io.tyer.testkit.torture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tyer.testkit.server.ServerKind;
import io.tyer.testkit.server.StoreServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FaultKindTest {

  @Test
  void listsAreRead() {
    assertThat(FaultKind.parse("pause,short-pause, lost-reply", null))
        .containsExactlyInAnyOrder(FaultKind.PAUSE, FaultKind.SHORT_PAUSE, FaultKind.LOST_REPLY);
    assertThat(FaultKind.parse("none", null)).isEmpty();
    assertThat(FaultKind.parse("all", null))
        .contains(FaultKind.KILL, FaultKind.PARTITION)
        .doesNotContain(FaultKind.SERVER_CLOCK);
    assertThat(FaultKind.parse("server-clock", null)).containsExactly(FaultKind.SERVER_CLOCK);
  }

  @Test
  void anUnknownNameIsRefusedAndTheKnownOnesAreNamed() {
    assertThatThrownBy(() -> FaultKind.parse("pause,flood", null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no fault flood")
        .hasMessageContaining("black-hole")
        .hasMessageContaining("none");
    assertThatThrownBy(() -> FaultKind.parse("", null))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theServersClockIsSetAlone() {
    assertThatThrownBy(() -> FaultKind.parse("server-clock,kill", null))
        .hasMessageContaining("a run of its own");
  }

  @Test
  void whoNeedsNoClockMayHaveItSetBesideAllElse() {
    ServerKind needless =
        new ServerKind() {
          @Override
          public String name() {
            return "needless";
          }

          @Override
          public StoreServer start(Path directory) {
            throw new UnsupportedOperationException();
          }

          @Override
          public boolean needsNoClock() {
            return true;
          }
        };
    assertThat(FaultKind.parse("all", needless)).contains(FaultKind.SERVER_CLOCK, FaultKind.KILL);
    assertThat(FaultKind.parse("server-clock,kill", needless)).hasSize(2);
  }
}
