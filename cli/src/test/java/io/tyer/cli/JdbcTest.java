package io.tyer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line on a database. */
class JdbcTest {

  @TempDir Path directory;
  private Shell shell;

  @BeforeEach
  void open() throws IOException {
    shell = new Shell(directory);
  }

  @AfterEach
  void close() {
    shell.close();
  }

  @Test
  void locksAreKeptInADatabase() {
    String store = "jdbc:sqlite:" + directory.resolve("locks.db");
    String script = "echo $TYER_LOCK; " + Shell.tyerCommand() + " locks --store " + store;
    Shell.Started run =
        shell.tyer("run", "--store", store, "report", "--", "sh", "-c", script).await(0);
    assertThat(run.out()).startsWith("report\n").contains("held").contains("exclusive");
    assertThat(run.err()).isEmpty();
    assertThat(shell.tyer("locks", "--names", "--store", store).await(0).out()).isEmpty();
  }

  @Test
  void aDatabaseThatIsNotThereIsNotReached() {
    Shell.Started run =
        shell
            .tyer("run", "--no-wait", "--store", "jdbc:mariadb://127.0.0.1:1/x", "a", "--", "true")
            .await(69);
    assertThat(run.err()).contains("was not reached");
  }
}
