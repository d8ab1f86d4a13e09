package io.tyer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code tyer run} on a store that is not there, or not yet. */
class PatientOpeningTest {

  @TempDir Path directory;
  private Shell shell;
  private Path missing;

  @BeforeEach
  void open() throws IOException {
    shell = new Shell(directory);
    missing = Files.writeString(directory.resolve("share"), "not a directory");
    shell.with("TYER_STORE", "file:" + missing + "/store");
  }

  @AfterEach
  void close() {
    shell.close();
  }

  @Test
  void waitsForTheStoreAsForTheLock() throws IOException {
    Shell.Started run = shell.tyer("run", "-v", "a", "--", "sh", "-c", "echo > done");
    Await.until("the message", () -> run.err().contains("waiting for the store, for "));
    Files.delete(missing);
    Files.createDirectory(missing);
    run.await(0);
    assertThat(shell.read("done")).isNotEmpty();
  }

  @Test
  void givesUpWhenTheWaitIsOver() {
    long begin = System.nanoTime();
    Shell.Started run = shell.tyer("run", "--wait", "1s", "a", "true").await(69);
    assertThat(System.nanoTime() - begin).isGreaterThan(TimeUnit.SECONDS.toNanos(1));
    assertThat(run.err()).startsWith("tyer: ").contains("share", "(tried ").hasLineCount(1);
  }

  @Test
  void canBeInterrupted() {
    Shell.Started run = shell.tyer("run", "-v", "a", "true");
    Await.until("the message", () -> run.err().contains("waiting for the store, for "));
    Shell.kill("TERM", run.pid());
    run.await(143);
  }
}
