package io.tyer.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code version.sh} writes in a tree that git knows, and in one that it does not. */
class VersionTest {

  @TempDir Path tree;

  @BeforeEach
  void copy() throws IOException {
    Files.copy(Path.of("version.sh"), tree.resolve("version.sh"));
  }

  private String run(String... command) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(tree.toFile()).redirectErrorStream(true);
    // A repository around the temporary directory is none of this.
    builder.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
    builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
    builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
    builder.environment().put("GIT_CEILING_DIRECTORIES", tree.resolve("..").normalize().toString());
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said.strip();
  }

  private String version() throws IOException, InterruptedException {
    run("sh", "version.sh", "1.2", "classes");
    return Files.readString(tree.resolve("classes/io/tyer/command/version")).strip();
  }

  private void git(String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of("git", "-c", "user.name=x", "-c", "user.email=x@localhost"));
    command.addAll(List.of(arguments));
    run(command.toArray(String[]::new));
  }

  @Test
  void withoutGitItIsTheVersion() throws Exception {
    assertThat(version()).isEqualTo("1.2");
  }

  @Test
  void withGitItIsTheCommitToo() throws Exception {
    boolean there =
        new ProcessBuilder("sh", "-c", "command -v git").start().onExit().join().exitValue() == 0;
    assumeTrue(there, "no git");
    git("init", "-q");
    assertThat(version()).as("in a repository that does not hold it").isEqualTo("1.2");
    git("add", "version.sh");
    git("commit", "-q", "-m", "x");
    String commit = run("git", "rev-parse", "HEAD").substring(0, 12);
    assertThat(version()).isEqualTo("1.2 (commit " + commit + ")");
    Files.writeString(tree.resolve("version.sh"), "\n", StandardOpenOption.APPEND);
    assertThat(version()).isEqualTo("1.2 (commit " + commit + ", changed)");
  }

  @Test
  void programsTellIt() {
    assertThat(Version.line()).matches("tyer \\d\\S*( \\(commit [^)]+\\))?\n");
  }
}
