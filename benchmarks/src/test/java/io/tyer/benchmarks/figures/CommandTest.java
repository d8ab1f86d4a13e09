package io.tyer.benchmarks.figures;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The whole command, with its child processes. */
@Timeout(180)
class CommandTest {

  @TempDir private Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    return new CommandLine(new Command())
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }

  @Test
  void measuresAndReports() throws Exception {
    Path report = directory.resolve("report");
    String file = "file:" + directory.resolve("locks");
    String rows = "pairs-1,contended,wake-up,held-10000";
    assertThat(run("--quick", "--rows", rows, "--out", report.toString(), "memory:x", file))
        .as(() -> out + "\n" + err)
        .isZero();
    assertThat(out.toString()).contains("## pairs-1").contains("## wake-up").contains("cores");
    assertThat(out.toString()).doesNotContain("## Failed");
    JsonNode json = new ObjectMapper().readTree(report.resolve("report.json").toFile());
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
    assertThat(run("--quick", "--rows", "contended", "broken:x")).isEqualTo(1);
    assertThat(err.toString()).contains("violated");
  }

  @Test
  void aLostUpdateFailsTheCommand() {
    assertThat(run("--quick", "--rows", "updates-hot-2ms", "losing:x")).isEqualTo(1);
    assertThat(err.toString()).contains("an update lost");
  }

  @Test
  void aRunThatFailsFailsTheCommandAndTheOthersGoOn() {
    assertThat(run("--quick", "--rows", "pairs-1", "nonsense:x", "memory:x")).isEqualTo(1);
    assertThat(out.toString()).contains("## Failed").contains("`memory:x`");
  }

  @Test
  void helps() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString()).contains("--quick").contains("pairs-64-virtual");
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    assertThat(run()).isEqualTo(2);
    assertThat(run("--rows", "pairs-9", "memory:x")).isEqualTo(2);
    assertThat(run("--warm-up", "0", "memory:x")).isEqualTo(2);
    assertThat(run("--rounds", "0", "memory:x")).isEqualTo(2);
    assertThat(run("no-scheme")).isEqualTo(2);
    assertThat(run("redis://me:secret@localhost")).isEqualTo(2);
    assertThat(err.toString()).doesNotContain("secret");
    assertThat(err.toString()).contains("there is no row pairs-9");
  }
}
