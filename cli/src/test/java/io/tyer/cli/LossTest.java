package io.tyer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a command whose lease is lost. */
class LossTest {

  /** Notes its end; at TERM, too. */
  private static final String POLITE =
      "trap 'echo TERM >> log; exit 0' TERM; echo > ready; while :; do sleep 0.05; done";

  /** Ignores TERM, and so does its child. */
  private static final String STUBBORN =
      "trap '' TERM; (while :; do echo child > alive; sleep 0.02; done) &"
          + " echo > ready; while :; do sleep 0.05; done";

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

  private Shell.Started run(String onLoss, String script) {
    Shell.Started run =
        shell.tyer(
            "run",
            "--ttl",
            "2s",
            "--on-loss",
            onLoss,
            "--label",
            "me",
            "a",
            "--",
            "sh",
            "-c",
            script);
    shell.awaitFile("ready");
    return run;
  }

  @Test
  void endsTheCommandPolitely() {
    Shell.Started run = run("kill", POLITE);
    shell.tyer("release", "--force", "a").await(0);
    run.await(76);
    assertThat(shell.read("log")).isEqualTo("TERM\n");
    assertThat(run.err()).contains("is lost", "revoked", "ending the command");
    assertThat(shell.count("held")).isZero();
  }

  @Test
  void killsBeforeAnyoneElseIsGranted() throws Exception {
    Shell.Started run = run("kill", STUBBORN);
    Shell.Started next =
        shell.tyer("run", "a", "--", "sh", "-c", "rm -f alive; sleep 0.3; test ! -e alive");
    Await.until("in line", () -> shell.count("waiting") == 1);
    shell.tyer("release", "--force", "a").await(0);
    run.await(76);
    next.await(0); // neither the command nor what it started wrote while the next one held
  }

  @Test
  void takenAtOnceGivesNoGrace() {
    Shell.Started run = run("kill", STUBBORN);
    Shell.Started release = shell.tyer("release", "--force", "--now", "a").await(0);
    assertThat(release.err()).contains("--now does not wait", "S1 and S5");
    run.await(76);
    assertThat(run.err()).contains("removed from the store by force");
  }

  @Test
  void canOnlyAsk() {
    Shell.Started run =
        run(
            "term",
            "trap 'echo TERM >> log' TERM; echo > ready;"
                + " while ! test -e stop; do sleep 0.05; done; exit 4");
    shell.tyer("release", "--force", "a").await(0);
    shell.awaitFile("log");
    assertThat(run.process().isAlive()).isTrue();
    shell.tyer("run", "a", "--", "sh", "-c", "echo > stop").await(0);
    run.await(76);
    assertThat(shell.read("log")).isEqualTo("TERM\n");
  }

  @Test
  void canBeLeftAlone() {
    Shell.Started run =
        run(
            "continue",
            "trap 'echo TERM >> log' TERM; echo > ready;"
                + " while ! test -e stop; do sleep 0.05; done; exit 4");
    shell.tyer("release", "--force", "a").await(0);
    shell.tyer("run", "a", "--", "sh", "-c", "echo > stop").await(0);
    run.await(4);
    assertThat(shell.read("log")).isEmpty();
    assertThat(run.err()).contains("is lost", "runs on").doesNotContain("ending");
  }

  @Test
  void wrapperThatWasStoppedKillsAtOnce() {
    Shell.Started run = run("kill", STUBBORN);
    Shell.kill("STOP", run.pid());
    // Nobody can prove the session dead while the command lives: the TTL must pass.
    Shell.Started next = shell.tyer("run", "a", "--", "sh", "-c", "echo > next; sleep 60");
    shell.awaitFile("next");
    Shell.kill("CONT", run.pid());
    run.await(76);
    assertThat(next.process().isAlive()).isTrue();
  }

  @Test
  void tokenNamesTheHolder() {
    Shell.Started one = shell.hold("a", "--shared", "--label", "one");
    Shell.Started two = shell.hold("a", "--shared", "--label", "two");
    String listing = shell.tyer("locks").await(0).out();
    String token =
        listing
            .lines()
            .filter(l -> l.endsWith("two"))
            .findAny()
            .orElseThrow()
            .replaceFirst(".* ([0-9]+) +two", "$1");
    shell.tyer("release", "--force", "--token", "4096", "a").await(1);
    shell.tyer("release", "--force", "a", "--token", token).await(0);
    two.await(76);
    assertThat(one.process().isAlive()).isTrue();
    shell.tyer("release", "--force", "nobody").await(1);
    shell.tyer("release", "a").await(64);
  }
}
