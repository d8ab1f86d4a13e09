package io.tyer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.testkit.server.StoreServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The command line on a server, as processes.
 *
 * @param <S> which one
 */
abstract class OnServerTest<S extends StoreServer> {

  static final String PASSWORD = "s3same";

  @TempDir Path directory;
  Shell shell;
  S server;

  abstract S start(Path home) throws IOException;

  /** What the doctor looks at, among other things. */
  abstract List<String> topics();

  /** Words of the store's client, which no user understands. */
  abstract List<String> jargon();

  @BeforeEach
  void open() throws IOException {
    server = start(directory.resolve("server"));
    shell =
        new Shell(directory)
            .with("TYER_STORE", server.address())
            // Without an archive, half of it may go into loading classes on a busy machine.
            .with("TYER_CONNECT_TIMEOUT", "20s")
            .with("TYER_OPERATION_TIMEOUT", "20s");
  }

  @AfterEach
  void close() throws IOException {
    if (shell != null) {
      shell.close();
    }
    if (server != null) {
      server.close();
    }
  }

  void nothingIsLeft() throws IOException {
    Await.until("nothing is left", this::isEmpty);
  }

  private boolean isEmpty() {
    try {
      return server.look().isEmpty();
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void runsUnderALockAndLeavesNothing() throws IOException {
    Shell.Started run =
        shell.tyer("run", "my lock", "--", "sh", "-c", "echo $TYER_LOCK, $TYER_STORE").await(0);
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).isEqualTo("my lock, " + server.address() + "\n");
    shell.tyer("run", "a", "--", "sh", "-c", "exit 7").await(7);
    nothingIsLeft();
  }

  @Test
  void whoComesLaterWaits() {
    Shell.Started holder = shell.hold("a");
    assertThat(shell.tyer("run", "--no-wait", "a", "true").await(75).err())
        .contains("a is not free");
    Shell.Started waiter = shell.tyer("run", "a", "--", "sh", "-c", "echo in > waiter");
    Await.until("who waits stands in line", () -> shell.count("waiting") == 1);
    assertThat(shell.read("waiter")).isEmpty();
    Shell.kill("TERM", holder.pid());
    waiter.await(0);
    assertThat(shell.read("waiter")).isEqualTo("in\n");
  }

  @Test
  void showsAndForces() {
    Shell.Started holder = shell.hold("orders/1", "--label", "cron");
    assertThat(shell.tyer("locks").await(0).out()).contains("orders/1").contains("cron");
    assertThat(shell.tyer("locks", "--names", "orders/").await(0).out()).isEqualTo("orders/1\n");
    shell.tyer("release", "--force", "orders/1").await(0);
    holder.await(76);
    assertThat(shell.tyer("locks", "--json").await(0).out()).contains("\"locks\": []");
  }

  @Test
  void aServerThatIsGoneIsUnreachableAndNotBusy() {
    server.kill();
    for (String[] command :
        new String[][] {
          {"run", "--no-wait", "a", "true"}, {"locks"}, {"release", "--force", "a"}
        }) {
      assertThat(shell.tyer(command).await(69).err())
          .contains("was not reached", "refused")
          .doesNotContain(jargon());
    }
    assertThat(shell.tyer("doctor").await(1).out()).contains("problem").contains("cannot keep");
  }

  @Test
  void theDoctorTriesIt() throws IOException {
    shell.tyer("run", "a", "true").await(0);
    String out = shell.tyer("doctor", "--json").await(0).out();
    assertThat(out).startsWith("{\"format\": 1, \"store\": \"" + server.address() + "\"");
    for (String topic : topics()) {
      assertThat(out).contains("\"topic\": \"" + topic + "\"");
    }
    nothingIsLeft();
  }
}
