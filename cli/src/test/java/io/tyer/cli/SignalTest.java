package io.tyer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.testkit.host.Needs;
import io.tyer.testkit.host.Requires;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signals that come while the command runs. */
class SignalTest {

  /** Notes each signal; ends at HUP. */
  private static final String NOTE =
      "for s in TERM USR1 USR2 INT; do trap \"echo $s >> got\" $s; done;"
          + " trap 'echo HUP >> got; exit 5' HUP;"
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

  @Test
  void arePassedOn() {
    Shell.Started run = shell.tyer("run", "a", "--", "sh", "-c", NOTE);
    shell.awaitFile("ready");
    String expected = "";
    for (String signal : new String[] {"TERM", "USR1", "USR2", "TERM"}) {
      Shell.kill(signal, run.pid());
      expected += signal + "\n";
      String now = expected;
      Await.until(signal, () -> shell.read("got").equals(now));
    }
    Shell.kill("HUP", run.pid());
    run.await(5);
    assertThat(shell.read("got")).isEqualTo(expected + "HUP\n");
  }

  @Requires(Needs.TERMINALS)
  @Test
  void interruptIsPassedOnWithoutATerminal() {
    Shell.Started run = shell.start(Terminals.withoutTerminal("run", "a", "--", "sh", "-c", NOTE));
    shell.awaitFile("ready");
    Shell.kill("INT", Terminals.tyer(run));
    Await.until("INT", () -> shell.read("got").equals("INT\n"));
    Shell.kill("HUP", Terminals.tyer(run));
    run.await(5);
  }

  @Test
  void endTheCommandAndTheProgramWithIt() {
    Shell.Started run = shell.hold("a");
    Shell.kill("TERM", run.pid());
    run.await(143);
    assertThat(shell.count("held")).isZero();
  }
}
