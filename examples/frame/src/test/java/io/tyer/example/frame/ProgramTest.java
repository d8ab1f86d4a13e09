package io.tyer.example.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a demo says when it ends. */
@Timeout(180)
class ProgramTest {

  private final StringWriter out = new StringWriter();
  private Path used = Path.of("");

  private int run(Program.Demo demo, String... args) {
    Screen screen = new Screen(new PrintWriter(out, true), false);
    return Program.run("name", "what it shows", args, demo, screen);
  }

  private void show(Path directory, Screen screen, boolean holds) throws IOException {
    used = Files.createDirectory(directory.resolve("a"));
    screen.passing("not shown where lines cannot be written over");
    screen.require(true, "not said");
    screen.check(holds, "what was promised");
  }

  @Test
  void asPromised() {
    assertThat(run((directory, screen) -> show(directory, screen, true))).isZero();
    assertThat(out).hasToString("   right: what was promised\nAll as promised.\n");
    assertThat(used.getParent()).doesNotExist();
  }

  @Test
  void notAsPromised() {
    assertThat(run((directory, screen) -> show(directory, screen, false))).isOne();
    assertThat(out.toString()).contains("WRONG: what was promised", "NOT AS PROMISED");
  }

  @Test
  void couldNotRun() throws Exception {
    int code =
        run(
            (directory, screen) -> {
              ChildProcess child = ChildProcess.start(Echo.class, "awake");
              show(directory, screen, child.isAlive());
              throw new IOException("no room");
            });
    assertThat(code).isEqualTo(69);
    assertThat(out.toString()).contains("name: could not run", "no room");
    assertThat(used.getParent()).doesNotExist();
    assertThat(ProcessHandle.current().children().filter(ProgramTest::isEcho)).isEmpty();
  }

  private static boolean isEcho(ProcessHandle process) {
    return process.info().commandLine().orElse("").contains(Echo.class.getName());
  }

  @Test
  void takesNoArguments() {
    assertThat(run((directory, screen) -> show(directory, screen, true), "abacus")).isEqualTo(64);
    assertThat(out.toString()).contains("./tyer demo name: what it shows", "Exit codes");
    assertThat(run((directory, screen) -> show(directory, screen, true), "--help")).isZero();
    assertThat(out.toString()).doesNotContain("as promised.");
  }
}
