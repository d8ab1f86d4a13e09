package io.tyer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The session of {@code tyer run} is proved dead when wrapper and command are, and not before. */
class DeathTest {

  /** Far less than the TTL, which is what it would take without proof. */
  private static final Duration SOON = Duration.ofMinutes(1);

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

  /** Starts a command that notes its process id, and holds on. */
  private Shell.Started start(int number) {
    return shell.tyer(
        "run",
        "-v",
        "--ttl",
        "10m",
        "a",
        "--",
        "sh",
        "-c",
        "echo $$ > holds" + number + "; exec sleep 90");
  }

  private boolean isIn(int number) {
    return Files.exists(shell.file("holds" + number));
  }

  /** The command's process id, once the store has it. */
  private long child(Shell.Started run, int number) {
    shell.awaitFile("holds" + number);
    long pid = Long.parseLong(shell.read("holds" + number).trim());
    Await.until("naming", () -> run.err().contains("the command is process " + pid));
    return pid;
  }

  private void awaitInLine(int waiting) {
    Await.until("in line", () -> shell.count("waiting") == waiting);
  }

  @Test
  void wrapperAndCommandKilled() {
    List<Shell.Started> started = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      started.add(start(i));
      child(started.get(0), 0);
      awaitInLine(i);
    }
    for (int i = 0; i < 5; i++) {
      long child = child(started.get(i), i);
      int next = i + 1;
      started.get(i).process().destroyForcibly();
      ProcessHandle.of(child).ifPresent(ProcessHandle::destroyForcibly);
      Await.until("the next one", SOON, () -> isIn(next));
    }
    long last = child(started.get(5), 5);
    started.get(5).process().destroyForcibly();
    ProcessHandle.of(last).ifPresent(ProcessHandle::destroyForcibly);
  }

  @Test
  void wrapperKilledFirst() {
    Shell.Started holder = start(0);
    long child = child(holder, 0);
    Shell.Started next = start(1);
    awaitInLine(1);
    Shell.kill("KILL", holder.pid());
    holder.await(137);
    shell.tyer("run", "--wait", "2s", "a", "true").await(75);
    assertThat(isIn(1)).as("the next one beside the orphan").isFalse();
    Shell.kill("KILL", child);
    Await.until("the next one", SOON, () -> isIn(1));
    Shell.kill("TERM", next.pid());
    next.await(143);
  }

  @Test
  void commandKilled() {
    Shell.Started holder = start(0);
    long child = child(holder, 0);
    Shell.Started next = start(1);
    awaitInLine(1);
    Shell.kill("KILL", child);
    holder.await(137);
    Await.until("the next one", SOON, () -> isIn(1));
    Shell.kill("TERM", next.pid());
    next.await(143);
  }

  @Test
  void waiterKilled() {
    Shell.Started holder = start(0);
    child(holder, 0);
    Shell.Started waiter = start(1);
    awaitInLine(1);
    Shell.kill("KILL", waiter.pid());
    Shell.Started next = start(2);
    Shell.kill("TERM", holder.pid());
    holder.await(143);
    Await.until("the next one", SOON, () -> isIn(2));
    assertThat(isIn(1)).isFalse();
    Shell.kill("TERM", next.pid());
    next.await(143);
  }
}
