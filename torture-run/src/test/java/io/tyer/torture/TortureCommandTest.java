package io.tyer.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole command, with its processes. Seeds are random unless given, and printed. */
@Timeout(300)
class TortureCommandTest {

  private static final String SEED = System.getProperty("tyer.seed", "");

  /** Draws two doors and one pool, the fewest there are. */
  private static final String SEED_OF_FEW_NAMES = "4";

  @TempDir private Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    return TortureCommand.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  private int torture(String... arguments) {
    return tortureWith(SEED, arguments);
  }

  private int tortureWith(String seed, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--out", directory.resolve("out").toString()));
    if (!seed.isEmpty()) {
      all.addAll(List.of("--seed", seed));
    }
    int code = run(all.toArray(new String[0]));
    System.out.println(out);
    return code;
  }

  private String everything() {
    return out + "\n" + err;
  }

  @Test
  void memoryStandsTheTorture() {
    assertThat(torture("--store", "memory:torture", "--seconds", "15"))
        .as(this::everything)
        .isZero();
    assertThat(out.toString()).contains("without kill: the workers are threads");
  }

  @Test
  void filesStandTheTorture() throws IOException {
    assertThat(torture("--server", "file", "--seconds", "15")).as(this::everything).isZero();
    assertThat(out.toString()).contains("pause: worker").contains("kill: worker");
    assertThat(directory.resolve("out/nemesis.history")).isNotEmptyFile();
    assertThat(Files.readString(Path.of("/proc/mounts"))).doesNotContain(directory.toString());
  }

  /**
   * Who was paused writes with an old token; how soon is a matter of luck, so there is plenty of
   * time for it, with few names and nothing but pauses. It is over at the first.
   */
  @Test
  void aResourceWithoutAFenceIsFoundOut() {
    assertThat(
            tortureWith(
                SEED.isEmpty() ? SEED_OF_FEW_NAMES : SEED,
                "--server",
                "file",
                "--seconds",
                "150",
                "--faults",
                "pause",
                "--no-fence",
                "--stop-at-first"))
        .as(this::everything)
        .isEqualTo(1);
    assertThat(out.toString()).contains("FOUND resource: ").doesNotContain("FOUND exclusion");
  }

  @Test
  void aStoreThatCannotBeUsedIsNotAViolation() {
    assertThat(torture("--store", "file:/proc/no-such-place", "--seconds", "5")).isEqualTo(3);
    assertThat(err.toString()).contains("could not run");
  }

  @Test
  void helps() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString()).contains("--stop-at-first").contains("black-hole").contains("file");
  }

  @Test
  void refusesWhatItDoesNotKnow() throws IOException {
    assertThat(run()).isEqualTo(2);
    assertThat(run("--store", "memory:x", "--server", "file")).isEqualTo(2);
    assertThat(run("--store", "memory:x", "--seconds", "1")).isEqualTo(2);
    assertThat(run("--store", "memory:x", "--workers", "1")).isEqualTo(2);
    assertThat(run("--store", "memory:x", "--seed", "x")).isEqualTo(2);
    assertThat(run("--server", "abacus")).isEqualTo(2);
    assertThat(err.toString()).contains("no kind of store is called abacus").contains("file");
    assertThat(run("--store", "memory:x", "--faults", "flood")).isEqualTo(2);
    assertThat(err.toString()).contains("there is no fault flood").contains("black-hole");
    assertThat(run("--store", "abacus:x", "--out", directory.resolve("out").toString()))
        .isEqualTo(2);
    assertThat(err.toString()).contains("no store for addresses that begin with abacus:");
    Files.createFile(directory.resolve("occupied"));
    assertThat(run("--store", "memory:x", "--out", directory.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("is not empty");
  }
}
