package io.tyer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A warm standby: {@code tyer run --elect}. */
class ElectTest {

  /** Notes its token; ends with 3 when it is told to stop. */
  private static final String LEAD =
      "echo $TYER_TOKEN >> terms; echo > ready; while ! test -e stop; do sleep 0.05; done; exit 3";

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

  private Shell.Started candidate(String label) {
    return shell.tyer(
        "run", "--elect", "--ttl", "5s", "--label", label, "a", "--", "sh", "-c", LEAD);
  }

  private long terms() {
    return shell.read("terms").lines().count();
  }

  @Test
  void theOtherLeadsWhenATermIsLostAndTheFirstStandsByAgain() {
    Shell.Started one = candidate("one");
    shell.awaitFile("ready");
    Shell.Started two = candidate("two");
    Await.until("in line", () -> shell.count("waiting") == 1);
    shell.tyer("release", "--force", "a").await(0);
    Await.until("the second term", () -> terms() == 2);
    Await.until("in line again", () -> shell.count("waiting") == 1);
    shell.tyer("release", "--force", "a").await(0);
    Await.until("the third term", () -> terms() == 3);
    assertThat(shell.read("terms").lines().map(Long::parseLong)).isSorted().doesNotHaveDuplicates();
    shell.tyer("run", "b", "--", "sh", "-c", "echo > stop").await(0);
    one.await(3);
    two.await(3);
    assertThat(terms()).as("the other one's turn came when the first had ended").isEqualTo(4);
    assertThat(one.err()).contains("is lost", "revoked", "ending the command");
  }

  @Test
  void aSignalEndsALeaderAndWhoStandsBy() throws Exception {
    Shell.Started leader = candidate("leader");
    shell.awaitFile("ready");
    Shell.Started other = candidate("other");
    Await.until("in line", () -> shell.count("waiting") == 1);
    Shell.kill("TERM", other.pid());
    other.await(143);
    Shell.kill("TERM", leader.pid());
    leader.await(143);
    assertThat(terms()).isOne();
    assertThat(shell.count("held")).isZero();
  }
}
