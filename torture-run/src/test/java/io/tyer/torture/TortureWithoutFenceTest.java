package io.tyer.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command, with a resource that checks no token. */
@Timeout(300)
class TortureWithoutFenceTest {

  private static final String SEED = System.getProperty("tyer.seed", "");

  /** Draws two doors and one pool, the fewest there are. */
  private static final String SEED_OF_FEW_NAMES = "4";

  @TempDir private Path directory;
  private final Command command = new Command();

  /**
   * Who was paused writes with an old token; how soon is a matter of luck, so there is plenty of
   * time for it, with few names and nothing but pauses. It is over at the first.
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
                "150",
                "--faults",
                "pause",
                "--no-fence",
                "--stop-at-first"))
        .as(command::everything)
        .isEqualTo(1);
    assertThat(command.out()).contains("FOUND resource: ").doesNotContain("FOUND exclusion");
  }
}
