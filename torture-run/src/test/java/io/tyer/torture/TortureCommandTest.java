package io.tyer.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.command.Exit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the command says and answers; and threads of one process. */
@Timeout(300)
@Tag("full")
class TortureCommandTest {

  private static final String SEED = System.getProperty("tyer.seed", "");

  @TempDir private Path directory;
  private final Command command = new Command();

  @Test
  void memoryStandsTheTorture() {
    assertThat(command.torture(directory, SEED, "--store", "memory:torture", "--seconds", "15"))
        .as(command::everything)
        .isZero();
    assertThat(command.out()).contains("without kill: the workers are threads");
  }

  @Test
  void aStoreThatCannotBeUsedIsNotAViolation() {
    assertThat(
            command.torture(
                directory, SEED, "--store", "file:/proc/no-such-place", "--seconds", "5"))
        .isEqualTo(Exit.UNREACHABLE.code());
    assertThat(command.err()).contains("could not run");
  }

  @Test
  void helps() {
    assertThat(command.run("--help")).isZero();
    assertThat(command.out()).contains("--stop-at-first").contains("black-hole").contains("file");
  }

  @Test
  void refusesWhatItDoesNotKnow() throws IOException {
    assertThat(command.run()).isEqualTo(Exit.USAGE.code());
    assertThat(command.run("--store", "memory:x", "--server", "file")).isEqualTo(Exit.USAGE.code());
    assertThat(command.run("--store", "memory:x", "--seconds", "1")).isEqualTo(Exit.USAGE.code());
    assertThat(command.run("--store", "memory:x", "--workers", "1")).isEqualTo(Exit.USAGE.code());
    assertThat(command.run("--store", "memory:x", "--seed", "x")).isEqualTo(Exit.USAGE.code());
    assertThat(command.run("--server", "abacus")).isEqualTo(Exit.USAGE.code());
    assertThat(command.err()).contains("no kind of store is called abacus").contains("file");
    assertThat(command.run("--store", "memory:x", "--faults", "flood"))
        .isEqualTo(Exit.USAGE.code());
    assertThat(command.err()).contains("there is no fault flood").contains("black-hole");
    assertThat(command.run("--store", "abacus:x", "--out", directory.resolve("out").toString()))
        .isEqualTo(Exit.USAGE.code());
    assertThat(command.err()).contains("no store for addresses that begin with abacus:");
    Files.createFile(directory.resolve("occupied"));
    assertThat(command.run("--store", "memory:x", "--out", directory.toString()))
        .isEqualTo(Exit.USAGE.code());
    assertThat(command.err()).contains("is not empty");
  }
}
