package io.tyer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.testkit.server.ServerKind;
import io.tyer.testkit.server.StoreServer;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line on the lock server. */
@Tag("full")
class RemoteTest {

  @TempDir Path directory;
  @TempDir Path data;
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
  void locksAreKeptByTheServer() throws IOException {
    try (StoreServer server = ServerKind.named("tyer").start(data)) {
      String store = "'" + server.address() + "'";
      String script = "echo $TYER_LOCK; " + Shell.tyerCommand() + " locks --store " + store;
      Shell.Started run =
          shell
              .tyer("run", "--store", server.address(), "report", "--", "sh", "-c", script)
              .await(0);
      assertThat(run.out()).startsWith("report\n").contains("held").contains("exclusive");
      assertThat(run.err()).isEmpty();
      assertThat(shell.tyer("locks", "--names", "--store", server.address()).await(0).out())
          .isEmpty();
      assertThat(shell.tyer("doctor", "--store", server.address()).await(0).out())
          .contains("leads")
          .contains("can keep the promises");
    }
  }

  @Test
  void aServerThatIsNotThereIsNotReachedAndNothingElseIsSaid() {
    Shell.Started run =
        shell
            .tyer("run", "--no-wait", "--store", "tyer://127.0.0.1:1", "a", "--", "true")
            .await(69);
    assertThat(run.err()).contains("was not reached").hasLineCount(1);
  }
}
