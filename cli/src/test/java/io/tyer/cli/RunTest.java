package io.tyer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code tyer run}, as a process, with a lock that nobody else wants. */
class RunTest {

  @TempDir Path directory;
  private Shell shell;

  @BeforeEach
  void open() {
    shell = new Shell(directory);
  }

  @AfterEach
  void close() {
    shell.close();
  }

  @Test
  void givesTheCommandItsEnvironment() {
    Shell.Started run =
        shell
            .with("TYER_PASSWORD", "sesame")
            .with("OTHER", "kept")
            .tyer("run", "my lock", "--", "sh", "-c", "env")
            .await(0);
    assertThat(run.out())
        .contains("TYER_LOCK=my lock\n")
        .containsPattern("TYER_TOKEN=[1-9][0-9]*\n")
        .contains("TYER_STORE=file:" + directory.resolve("store") + "\n")
        .contains("OTHER=kept\n")
        .doesNotContain("sesame")
        .doesNotContain("TYER_PASSWORD");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void exitsAsTheCommandDoes() {
    shell.tyer("run", "a", "true").await(0);
    shell.tyer("run", "a", "--", "sh", "-c", "exit 7").await(7);
    shell.tyer("run", "a", "--", "sh", "-c", "kill -9 $$").await(128 + 9);
  }

  @Test
  void leavesNothingInTheStore() {
    shell.tyer("run", "a", "true").await(0);
    assertThat(shell.tyer("locks", "--json").await(0).out()).contains("\"locks\": []");
  }

  @Test
  void tellsWhatCannotBeStarted() throws IOException {
    Shell.Started notFound = shell.tyer("run", "a", "--", "no-such-command").await(127);
    assertThat(notFound.err()).contains("no-such-command: not found");
    Files.writeString(shell.file("text"), "echo");
    Shell.Started notExecutable = shell.tyer("run", "a", "--", "./text").await(126);
    assertThat(notExecutable.err()).contains("Permission denied");
    shell.tyer("run", "a", "--", "/").await(126);
  }

  @Test
  void startsScriptsWithoutAnInterpreterLine() throws IOException {
    Path script = shell.file("script");
    Files.writeString(script, "echo by the shell");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    assertThat(shell.tyer("run", "a", "--", "./script").await(0).out()).isEqualTo("by the shell\n");
  }

  @Test
  void tellsThatTheStoreCannotBeReached() throws IOException {
    Files.writeString(shell.file("plain"), "");
    String store = "file:" + shell.file("plain") + "/below";
    Shell.Started run = shell.tyer("run", "--no-wait", "--store", store, "a", "true").await(69);
    assertThat(run.err()).startsWith("tyer: ").doesNotContain("tried").hasLineCount(1);
  }

  @Test
  void refusesBadUsage() {
    assertThat(shell.tyer("run").await(64).err()).contains("no lock is named");
    assertThat(shell.tyer("run", "a").await(64).err()).contains("no command is given");
    assertThat(shell.tyer("run", "--ttl", "10ms", "a", "true").await(64).err()).contains("ttl");
    assertThat(shell.tyer("run", "--store", "nosuch:x", "a", "true").await(64).err())
        .contains("nosuch");
    assertThat(shell.tyer("run", "", "true").await(64).err()).contains("name");
    assertThat(shell.tyer("jog").await(64).err()).contains("no command 'jog'");
    assertThat(shell.tyer().await(64).err()).contains("tyer help");
  }

  @Test
  void leavesTheStandardStreamsAlone() throws IOException {
    byte[] bytes = new byte[300_000];
    new Random(1).nextBytes(bytes);
    shell.nextInput(bytes);
    Shell.Started run = shell.tyer("run", "a", "--", "tee", "/dev/stderr").await(0);
    assertThat(run.outBytes()).isEqualTo(bytes);
    assertThat(run.errBytes()).isEqualTo(bytes);
  }

  @Test
  void leavesTheArgumentsAlone() {
    String script = "for a; do printf '[%s]' \"$a\"; done";
    String[] odd = {
      "--store", "-x", "--", "", "\"q\"", "'", "@f", "${sys:user.home}", "a=b", "é €"
    };
    String[] arguments = new String[odd.length + 7];
    String[] first = {"run", "é", "--", "sh", "-c", script, "sh"};
    System.arraycopy(first, 0, arguments, 0, first.length);
    System.arraycopy(odd, 0, arguments, first.length, odd.length);
    String expected = "[" + String.join("][", odd) + "]";
    assertThat(shell.tyer(arguments).await(0).out()).isEqualTo(expected);
    assertThat(shell.with("LC_ALL", "C").tyer(arguments).await(0).out()).isEqualTo(expected);
  }

  @Test
  void namesTheLockRightInEveryLocale() {
    String[] arguments = {"run", "bücher", "--", "sh", "-c", "printf %s \"$TYER_LOCK\""};
    assertThat(shell.with("LC_ALL", "C").tyer(arguments).await(0).out()).isEqualTo("bücher");
  }

  @Test
  void keepsItsStoreInTheStateDirectory() throws IOException {
    String print = "printf %s \"$TYER_STORE\"";
    shell.without("TYER_STORE");
    String home = shell.tyer("run", "a", "--", "sh", "-c", print).await(0).out();
    Path inHome = directory.resolve(".local/state/tyer");
    assertThat(home).isEqualTo("file:" + inHome);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(inHome)))
        .isEqualTo("rwx------");
    shell.with("XDG_STATE_HOME", directory.resolve("state").toString());
    String state = shell.tyer("run", "a", "--", "sh", "-c", print).await(0).out();
    assertThat(state).isEqualTo("file:" + directory.resolve("state/tyer"));
  }

  @Test
  void showsItsVersionAndHelp() {
    assertThat(shell.tyer("--version").await(0).out()).startsWith("tyer ");
    assertThat(shell.tyer("help").await(0).out()).contains("Exit codes", "locks", "75");
    assertThat(shell.tyer("run", "--help").await(0).out())
        .contains("--on-loss", "TYER_TOKEN", "76")
        .doesNotContain("\u001b");
  }
}
