package io.tyer.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tyer.command.Console;
import io.tyer.command.Exit;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole command, with its child processes. */
@Timeout(600)
@Tag("full")
class BenchmarksCommandTest {

  @TempDir private Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    return new Console("benchmarks", new PrintWriter(out), new PrintWriter(err))
        .run(new BenchmarksCommand(arguments), arguments);
  }

  @Test
  void measuresAndReports() throws Exception {
    Path report = directory.resolve("report");
    String file = "file:" + directory.resolve("locks");
    String rows = "pairs-1,contended,wake-up,held-10000";
    Path raw = directory.resolve("raw");
    assertThat(
            run(
                "--quick",
                "--rows",
                rows,
                "--out",
                report.toString(),
                "--raw",
                raw.toString(),
                "memory:x",
                file))
        .as(() -> out + "\n" + err)
        .isZero();
    assertThat(out.toString()).contains("## pairs-1").contains("## wake-up").contains("cores");
    assertThat(out.toString()).doesNotContain("## Failed");
    JsonNode json = new ObjectMapper().readTree(raw.resolve("report.json").toFile());
    assertThat(json.at("/violations").asInt()).isZero();
    assertThat(json.at("/rows").size()).isEqualTo(4);
    assertThat(report.resolve("report.md")).exists();
    assertThat(report.resolve("contended.svg")).exists();
    try (var left = Files.list(directory.resolve("locks"))) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void aServerIsStartedWhereNoneIsNamed() {
    assertThat(run("--quick", "--rows", "pairs-1", "lettuce:")).as(() -> out + "\n" + err).isZero();
    assertThat(out.toString())
        .contains("- server: Redis")
        .contains("- lettuce: two scripts")
        .contains("server CPU µs/pair")
        .contains("`lettuce`");
  }

  @Test
  void aViolationFailsTheCommand() {
    assertThat(run("--quick", "--rows", "contended", "broken:x")).isEqualTo(Exit.NEGATIVE.code());
    assertThat(err.toString()).contains("violated");
  }

  @Test
  void aLostUpdateFailsTheCommand() {
    assertThat(run("--quick", "--rows", "updates-hot-2ms", "losing:x"))
        .isEqualTo(Exit.NEGATIVE.code());
    assertThat(err.toString()).contains("an update lost");
  }

  @Test
  void aRunThatFailsFailsTheCommandAndTheOthersGoOn() {
    assertThat(run("--quick", "--rows", "pairs-1", "nonsense:x", "memory:x"))
        .isEqualTo(Exit.NEGATIVE.code());
    assertThat(out.toString()).contains("## Failed").contains("`memory:x`");
  }

  @Test
  void helps() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString()).contains("--quick").contains("pairs-64-virtual");
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    assertThat(run()).isEqualTo(Exit.USAGE.code());
    assertThat(run("--draw", directory.toString(), "memory:x")).isEqualTo(Exit.USAGE.code());
    assertThat(run("--rows", "pairs-9", "memory:x")).isEqualTo(Exit.USAGE.code());
    assertThat(run("--warm-up", "0", "memory:x")).isEqualTo(Exit.USAGE.code());
    assertThat(run("--rounds", "0", "memory:x")).isEqualTo(Exit.USAGE.code());
    assertThat(run("no-scheme")).isEqualTo(Exit.USAGE.code());
    assertThat(run("redis://me:secret@localhost")).isEqualTo(Exit.USAGE.code());
    assertThat(err.toString()).doesNotContain("secret");
    assertThat(err.toString()).contains("there is no row pairs-9");
  }
}
