package io.tyer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.testkit.host.Needs;
import io.tyer.testkit.host.Requires;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The completion, asked by a real bash as if somebody had pressed the tabulator. */
@Requires(Needs.BASH)
class CompletionTest {

  @TempDir Path directory;
  private Shell shell;

  @BeforeEach
  void open() throws IOException {
    shell = new Shell(directory).with("TYER_COMPLETION_TIMEOUT", "60s");
    Files.writeString(shell.file("completion"), shell.tyer("completion", "bash").await(0).out());
    Path tyer = shell.file("tyer");
    Files.writeString(tyer, "#!/bin/sh\nexec " + Shell.tyerCommand() + " \"$@\"\n");
    Files.setPosixFilePermissions(tyer, PosixFilePermissions.fromString("rwx------"));
  }

  @AfterEach
  void close() {
    shell.close();
  }

  /** What is offered for the last of these words. */
  private List<String> complete(String... words) {
    String script =
        """
        source ./completion
        COMP_WORDS=(./tyer "$@")
        COMP_CWORD=$#
        COMP_LINE="${COMP_WORDS[*]}"
        COMP_POINT=${#COMP_LINE}
        _tyer ./tyer
        printf '%s\\n' "${COMPREPLY[@]}"
        """;
    List<String> command = new ArrayList<>(List.of("bash", "--norc", "-c", script, "bash"));
    command.addAll(List.of(words));
    Shell.Started run = shell.start(command).await(0);
    assertThat(run.err()).isEmpty();
    return run.out().lines().filter(line -> !line.isEmpty()).toList();
  }

  @Test
  void offersCommandsAndOptions() {
    assertThat(complete("")).contains("run", "locks", "release", "doctor", "completion", "help");
    assertThat(complete("rel")).containsExactly("release");
    assertThat(complete("run", "--w")).containsExactly("--wait");
    assertThat(complete("release", "--")).contains("--force", "--now", "--token", "--store");
    assertThat(complete("run", "--on-loss", "t")).containsExactly("term");
    assertThat(complete("run", "--on-loss", "=", "k")).containsExactly("kill");
    assertThat(complete("run", "--wait", "")).isEmpty();
    assertThat(complete("completion", "z")).containsExactly("zsh");
  }

  @Test
  void offersWhatTheProgramsOfTheServerCanBeTold() throws IOException {
    assertThat(complete("")).contains("server", "token", "demo");
    assertThat(complete("server", "")).containsExactly("status", "add", "remove", "transfer");
    assertThat(complete("server", "--client")).containsExactly("--client-ca");
    assertThat(complete("server", "status", "--js")).containsExactly("--json");
    assertThat(complete("server", "add", "--cl")).containsExactly("--client");
    assertThat(complete("server", "--log-format", "j")).containsExactly("json");
    assertThat(complete("token", "e")).containsExactly("export");
    assertThat(complete("token", "create", "--gr")).containsExactly("--grant");
    assertThat(complete("token", "create", "--grant", "")).isEmpty();
    Files.createFile(shell.file("backup.txt"));
    assertThat(complete("token", "import", "back")).containsExactly("backup.txt");
    assertThat(complete("token", "list", "--token-file", "back")).containsExactly("backup.txt");
  }

  @Test
  void offersTheDemosThatThereAre() throws IOException {
    Path demo = Path.of("../examples/demo").toAbsolutePath();
    Files.writeString(shell.file("tyer"), "#!/bin/sh\nshift\nexec '" + demo + "'\n");
    assertThat(complete("demo", "")).contains("coupons", "cache");
    assertThat(complete("demo", "cou")).containsExactly("coupons");
  }

  @Test
  void offersTheNamesOfLocks() {
    shell.hold("nightly report");
    shell.hold("other");
    assertThat(complete("release", "--force", "")).containsExactly("nightly\\ report", "other");
    assertThat(complete("run", "--wait", "5s", "o")).containsExactly("other");
    assertThat(complete("locks", "n")).containsExactly("nightly\\ report");
    shell.without("TYER_STORE");
    String store = "file:" + directory.resolve("store");
    assertThat(complete("release", "--store", store, "o")).containsExactly("other");
    assertThat(complete("release", "other", "")).isEmpty();
  }

  @Test
  void isSilentWhereThereIsNoStore() {
    shell.with("TYER_STORE", "nosuch:x");
    assertThat(complete("run", "")).isEmpty();
  }

  @Test
  void offersTheCommandsFilesBehindTheName() throws IOException {
    Files.createFile(shell.file("report.txt"));
    assertThat(complete("run", "name", "--", "bas")).contains("bash");
    assertThat(complete("run", "-v", "name", "bas")).contains("bash");
    assertThat(complete("run", "name", "--", "cat", "rep")).containsExactly("report.txt");
    assertThat(complete("run", "name", "--", "cat", "--w")).isEmpty();
  }

  @Requires(Needs.ZSH)
  @Test
  void zshReadsItToo() throws IOException {
    Files.writeString(shell.file("zcompletion"), shell.tyer("completion", "zsh").await(0).out());
    Shell.Started run =
        shell
            .start(List.of("zsh", "-f", "-c", "source ./zcompletion && echo $_comps[tyer]"))
            .await(0);
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).contains("_bash_complete");
  }

  @Test
  void refusesOtherShells() {
    assertThat(shell.tyer("completion", "fish").await(64).err()).contains("bash and zsh");
    assertThat(shell.tyer("completion").await(64).err()).contains("tyer completion bash");
  }
}
