package io.tyer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.testkit.host.Needs;
import io.tyer.testkit.host.Requires;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code tyer locks --watch}, as a process. */
class LocksWatchTest {

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
  void writesALineForEachChange() {
    Shell.Started watch = shell.tyer("locks", "--json", "--watch=100ms");
    Await.until("the first line", () -> watch.out().contains("\"locks\": []}\n"));
    Shell.Started holder = shell.hold("a");
    Await.until("the holder", () -> watch.out().contains("\"state\": \"held\""));
    Shell.kill("TERM", holder.pid());
    holder.await(143);
    Await.until("its end", () -> watch.out().endsWith("\"locks\": []}\n"));
    assertThat(watch.out().lines())
        .hasSize(3)
        .allSatisfy(line -> assertThat(line).startsWith("{\"format\": 1, ").endsWith("]}"));
    Shell.kill("INT", watch.pid());
    watch.await(130);
  }

  @Test
  void goesOnWhenTheStoreIsAwayForAWhile() throws IOException {
    Shell.Started holder = shell.hold("a");
    Shell.Started watch = shell.tyer("locks", "--watch=100ms");
    Await.until("the table", () -> watch.out().contains("held"));
    Path store = directory.resolve("store");
    Path away = directory.resolve("away");
    Files.move(store, away);
    Await.until("the message", () -> watch.err().contains("mount it again"));
    Files.move(away, store);
    Await.until("the table again", () -> watch.out().split("held", -1).length > 2);
    assertThat(watch.err()).hasLineCount(1);
    assertThat(holder.process().isAlive() || watch.process().isAlive()).isTrue();
    Shell.kill("TERM", watch.pid());
    watch.await(143);
  }

  @Test
  void waitsForAStoreThatIsNotThereYet() throws IOException {
    Path share = Files.writeString(directory.resolve("share"), "not a directory");
    shell.with("TYER_STORE", "file:" + share + "/store");
    Shell.Started watch = shell.tyer("locks", "--json", "--watch=100ms");
    Await.until("the message", () -> watch.out().contains("\"error\": "));
    Files.delete(share);
    Files.createDirectory(share);
    Await.until("the listing", () -> watch.out().contains("\"locks\": []}\n"));
    assertThat(watch.out()).hasLineCount(2);
  }

  @Requires(Needs.TERMINALS)
  @Test
  void drawsInPlaceOnATerminal() throws IOException {
    Shell.Started watch = shell.startPiped(Terminals.inTerminal("locks", "--watch=100ms"));
    Await.until("the empty table", () -> watch.out().contains("\u001b[Hno locks are held\u001b[K"));
    shell.hold("a");
    Await.until("the table", () -> watch.out().contains("\u001b[H\u001b[1mNAME"));
    OutputStream keys = watch.process().getOutputStream();
    keys.write(3);
    keys.flush();
    watch.await(130);
    assertThat(watch.out().lastIndexOf("\u001b[?7h"))
        .as("wrapping is switched on again")
        .isGreaterThan(watch.out().lastIndexOf("\u001b[?7l"));
  }

  @Test
  void aFrameFitsTheTerminal() {
    assertThat(LocksFrame.of("a\nb\nc\n", "", 0))
        .contains("a\u001b[K\r\nb\u001b[K\r\nc\u001b[K\r\n");
    assertThat(LocksFrame.of("a\nb\nc\nd\n", "", 4)).contains("b\u001b[K\r\n... and 2 more");
    assertThat(LocksFrame.of("a\nb\n", "gone", 24)).contains("b\u001b[K\r\nnot up to date: gone");
    assertThat(LocksFrame.of("", "gone", 2)).contains("not up to date: gone");
  }

  @Test
  void namesForPrograms() {
    shell.hold("one");
    shell.hold("two words");
    assertThat(shell.tyer("locks", "--names").await(0).out()).isEqualTo("one\ntwo words\n");
    assertThat(shell.tyer("locks", "--names", "--json").await(64).err())
        .contains("--names excludes");
  }
}
