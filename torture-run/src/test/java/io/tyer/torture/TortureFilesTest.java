package io.tyer.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command's processes, on files. */
@Timeout(300)
@Tag("full")
class TortureFilesTest {

  private static final String SEED = System.getProperty("tyer.seed", "");

  @TempDir private Path directory;
  private final Command command = new Command();

  @Test
  void filesStandTheTorture() throws IOException {
    assertThat(command.torture(directory, SEED, "--server", "file", "--seconds", "15"))
        .as(command::everything)
        .isZero();
    assertThat(command.out()).contains("pause: worker").contains("kill: worker");
    assertThat(directory.resolve("out/nemesis.history")).isNotEmptyFile();
    assertThat(Files.readString(Path.of("/proc/mounts"))).doesNotContain(directory.toString());
  }
}
