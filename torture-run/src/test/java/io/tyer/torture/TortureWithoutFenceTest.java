package io.tyer.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command, with a resource that checks no token. */
@Timeout(300)
@Tag("full")
class TortureWithoutFenceTest {

  private static final String SEED = System.getProperty("tyer.seed", "");

  /** Draws two doors and one pool, the fewest there are. */
  private static final String SEED_OF_FEW_NAMES = "4";

  @TempDir private Path directory;
  private final Command command = new Command();

  /**
   * Who does not look at a lease whose maximum hold is over writes with an old token, dozens of
   * times a minute, with few names. It is over at the first.
   */
  @Test
  void aResourceWithoutAFenceIsFoundOut() {
    assertThat(
            command.torture(
                directory,
                SEED.isEmpty() ? SEED_OF_FEW_NAMES : SEED,
                "--server",
                "file",
                "--seconds",
                "60",
                "--faults",
                "none",
                "--no-fence",
                "--stop-at-first"))
        .as(command::everything)
        .isEqualTo(1);
    assertThat(command.out()).contains("FOUND resource: ").doesNotContain("FOUND exclusion");
  }
}
