package io.tyer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.testkit.host.Needs;
import io.tyer.testkit.host.Requires;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program on a terminal. */
@Requires(Needs.TERMINALS)
class TerminalTest {

  @TempDir Path directory;
  private Shell shell;

  @BeforeEach
  void open() {
    shell = new Shell(directory);
  }

  @AfterEach
  void close() {
    if (shell != null) {
      shell.close();
    }
  }

  @Test
  void showsForWhomItWaits() {
    Shell.Started holder = shell.hold("a", "--label", "the holder");
    Shell.Started waiter = shell.startPiped(Terminals.inTerminal("run", "a", "--", "echo", "done"));
    Await.until("the status line", () -> waiter.out().contains("s by the holder"));
    Await.until(
        "the place", () -> waiter.out().contains("waiting for a, place 1 of 1 in line; held for "));
    Shell.kill("TERM", holder.pid());
    waiter.await(0);
    assertThat(waiter.out()).endsWith("\r\u001b[Kdone\r\n");
  }

  @Test
  void interruptReachesTheCommandOnce() throws IOException {
    String script =
        "trap 'echo INT >> got' INT; trap 'exit 3' HUP; echo > ready;"
            + " while :; do sleep 0.05; done";
    Shell.Started run =
        shell.startPiped(Terminals.inTerminal("run", "a", "--", "sh", "-c", script));
    shell.awaitFile("ready");
    OutputStream keys = run.process().getOutputStream();
    keys.write(3);
    keys.flush();
    Await.until("INT", () -> !shell.read("got").isEmpty());
    Shell.kill("HUP", Terminals.tyer(run));
    run.await(3);
    assertThat(shell.read("got")).isEqualTo("INT\n");
  }

  @Test
  void interruptEndsTheWait() throws IOException {
    Shell.Started holder = shell.hold("a");
    Shell.Started waiter = shell.startPiped(Terminals.inTerminal("run", "a", "--", "echo", "done"));
    Await.until("the status line", () -> waiter.out().contains("place 1 of 1"));
    OutputStream keys = waiter.process().getOutputStream();
    keys.write(3);
    keys.flush();
    waiter.await(130);
    assertThat(waiter.out()).doesNotContain("done").endsWith("\u001b[K");
    assertThat(shell.count("waiting")).isZero();
    assertThat(holder.process().isAlive()).isTrue();
  }
}
