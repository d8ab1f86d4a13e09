package io.tyer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code tyer run}, as a process, with a lock that somebody else holds. */
class WaitTest {

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
  void givesUpInTime() {
    Shell.Started holder = shell.hold("a");
    assertThat(shell.tyer("run", "--no-wait", "a", "true").await(75).err()).contains("not free");
    assertThat(shell.tyer("run", "--wait", "300ms", "a", "true").await(75).err())
        .contains("not obtained within 300ms");
    assertThat(shell.count("waiting")).isZero();
    Shell.kill("TERM", holder.pid());
    holder.await(143);
    shell.tyer("run", "--no-wait", "a", "true").await(0);
  }

  @Test
  void getsTheLockInTurn() {
    Shell.Started holder = shell.hold("a");
    Shell.Started waiter = shell.tyer("run", "--wait", "1m", "a", "--", "sh", "-c", "echo > done");
    Await.until("in line", () -> shell.count("waiting") == 1);
    assertThat(waiter.process().isAlive()).isTrue();
    assertThat(Files.exists(shell.file("done"))).isFalse();
    Shell.kill("TERM", holder.pid());
    waiter.await(0);
    assertThat(shell.read("done")).isNotEmpty();
    assertThat(waiter.err()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"INT,130", "TERM,143", "HUP,129"})
  void canBeInterrupted(String signal, int code) {
    Shell.Started holder = shell.hold("a");
    Shell.Started waiter = shell.tyer("run", "a", "--", "sh", "-c", "echo > done");
    Await.until("in line", () -> shell.count("waiting") == 1);
    Shell.kill("USR1", waiter.pid());
    Shell.kill(signal, waiter.pid());
    waiter.await(code);
    assertThat(shell.count("waiting")).isZero();
    assertThat(shell.count("held")).isEqualTo(1);
    assertThat(holder.process().isAlive()).isTrue();
    assertThat(Files.exists(shell.file("done"))).isFalse();
  }

  @Test
  void sharesWhereAsked() {
    Shell.Started one = shell.hold("a", "--shared");
    shell.tyer("run", "--no-wait", "--shared", "a", "true").await(0);
    shell.tyer("run", "--no-wait", "a", "true").await(75);
    assertThat(one.process().isAlive()).isTrue();
    Shell.Started two = shell.hold("b", "--permits", "2/3");
    shell.tyer("run", "--no-wait", "--permits", "1/3", "b", "true").await(0);
    shell.tyer("run", "--no-wait", "--permits", "2/3", "b", "true").await(75);
    assertThat(two.process().isAlive()).isTrue();
  }
}
