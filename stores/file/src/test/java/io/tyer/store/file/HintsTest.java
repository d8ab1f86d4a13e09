package io.tyer.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tyer.line.LockName;
import io.tyer.line.SessionId;
import io.tyer.store.record.Hint;
import java.io.File;
import java.io.FileOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HintsTest {

  private static final SessionId SELF = new SessionId(1, 2);
  private static final SessionId OTHER = new SessionId(3, 4);
  private static final String ANYTHING = "(anything)";

  @TempDir Path directory;

  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
  private final List<AutoCloseable> ending = new ArrayList<>();
  private FileMedium medium;
  private FileMedium other;

  @BeforeEach
  void open() throws Exception {
    medium = Stores.open(directory);
    other = Stores.open(directory);
    assumeTrue(medium.tells(), "the file system of the temporary directory cannot tell of changes");
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable listening : ending) {
      listening.close();
    }
    assertThat(directory.resolve("inbox").toFile().list()).isEmpty();
    medium.close();
    other.close();
    assertThat(watchThreads()).isEmpty();
  }

  private static List<Thread> watchThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("tyer-file-watch"))
        .collect(Collectors.toList());
  }

  private AutoCloseable listen(SessionId self) throws Exception {
    return listen(self, "");
  }

  private AutoCloseable listen(SessionId self, String prefix) throws Exception {
    AutoCloseable listening =
        medium.listen(
            self, hint -> heard.add(prefix + (hint == null ? ANYTHING : hint.name().text())));
    ending.add(listening);
    return listening;
  }

  private String next() throws Exception {
    String text = heard.poll(60, TimeUnit.SECONDS);
    return text == null ? "(nothing)" : text;
  }

  private Path file(SessionId session) {
    return directory.resolve("inbox").resolve(session.toString()).resolve("hints");
  }

  @Test
  void namesOfAnyCharactersArrive() throws Exception {
    List<String> names =
        List.of("a", "a\nb", "\n", "\u0000", "💡 ö", "..", "x".repeat(512), "\r\n\t", " ");
    listen(SELF);
    for (String name : names) {
      other.hint(new Hint(SELF, LockName.of(name)));
      assertThat(next()).isEqualTo(name);
    }
    for (String name : names) {
      medium.hint(new Hint(SELF, LockName.of(name)));
    }
    for (String name : names) {
      assertThat(next()).isEqualTo(name);
    }
  }

  @Test
  void aHintIsForItsSessionOnly() throws Exception {
    listen(SELF);
    listen(OTHER, "other ");
    other.hint(new Hint(OTHER, LockName.of("a")));
    assertThat(next()).isEqualTo("other a");
    other.hint(new Hint(SELF, LockName.of("b")));
    assertThat(next()).isEqualTo("b");
    assertThat(heard).isEmpty();
  }

  @Test
  void aHintMakesNobodysInbox() throws Exception {
    other.hint(new Hint(SELF, LockName.of("a")));
    assertThat(directory.resolve("inbox").toFile().list()).isEmpty();
    AutoCloseable listening = listen(SELF);
    listening.close();
    other.hint(new Hint(SELF, LockName.of("a")));
    assertThat(directory.resolve("inbox").toFile().list()).isEmpty();
    listening.close();
    assertThat(heard).isEmpty();
  }

  @Test
  void garbageMeansThatAnythingMayHaveChanged() throws Exception {
    listen(SELF);
    for (String garbage :
        List.of("\n", "x\n", "00000000YQ\n", "zzzzzzzzYQ\n", "y".repeat(5000), "\n")) {
      append(garbage);
      assertThat(next()).as(garbage).isEqualTo(ANYTHING);
    }
    // A line whose writer died in the middle, with the next one glued to it.
    String line = new String(HintLine.encode(LockName.of("abc")), StandardCharsets.US_ASCII);
    append(line.substring(0, 10));
    append(line);
    assertThat(next()).isEqualTo(ANYTHING);
    other.hint(new Hint(SELF, LockName.of("b")));
    assertThat(next()).isEqualTo("b");
  }

  private void append(String text) throws Exception {
    try (FileOutputStream out = new FileOutputStream(file(SELF).toFile(), true)) {
      out.write(text.getBytes(StandardCharsets.US_ASCII));
    }
  }

  @Test
  void anInboxDoesNotGrowForEver() throws Exception {
    listen(SELF);
    LockName name = LockName.of("x".repeat(500));
    for (int i = 0; i < 1000; i++) {
      other.hint(new Hint(SELF, name));
    }
    String last = LockName.of("last").text();
    List<String> all = new ArrayList<>();
    while (!all.contains(last)) {
      other.hint(new Hint(SELF, LockName.of(last)));
      all.add(next());
    }
    assertThat(all).contains(ANYTHING);
    assertThat(Files.size(file(SELF))).isLessThan(200_000);
  }

  @Test
  void whoeverEmptiesOrRemovesAnInboxOnlyCostsHints() throws Exception {
    listen(SELF);
    other.hint(new Hint(SELF, LockName.of("a")));
    assertThat(next()).isEqualTo("a");
    Files.write(file(SELF), new byte[0]);
    assertThat(next()).isEqualTo(ANYTHING);
    Files.delete(file(SELF));
    assertThat(next()).isEqualTo(ANYTHING);
    File away = directory.resolve("away").toFile();
    assertThat(directory.resolve("inbox").resolve(SELF.toString()).toFile().renameTo(away))
        .isTrue();
    Trees.delete(away);
    String text = "";
    while (!text.equals("b")) {
      other.hint(new Hint(SELF, LockName.of("b")));
      text = heard.poll(50, TimeUnit.MILLISECONDS);
      text = text == null ? "" : text;
    }
  }

  @Test
  void theyComeAgainOnceTheFolderOfAllInboxesIsBack() throws Exception {
    listen(SELF);
    File away = directory.resolve("away").toFile();
    assertThat(directory.resolve("inbox").toFile().renameTo(away)).isTrue();
    Trees.delete(away);
    assertThat(next()).isEqualTo(ANYTHING);
    Files.createDirectory(directory.resolve("inbox"));
    Await.until(
        "a hint",
        () -> {
          other.hint(new Hint(SELF, LockName.of("b")));
          return "b".equals(heard.poll(50, TimeUnit.MILLISECONDS));
        });
    heard.clear();
  }

  @Test
  void aListenerThatThrowsIsNotTheEnd() throws Exception {
    ending.add(
        medium.listen(
            SELF,
            name -> {
              heard.add("heard");
              throw new IllegalStateException("expected by this test");
            }));
    other.hint(new Hint(SELF, LockName.of("a")));
    assertThat(next()).isEqualTo("heard");
    other.hint(new Hint(SELF, LockName.of("b")));
    assertThat(next()).isEqualTo("heard");
  }

  @Test
  void oneThreadServesAllSessions() throws Exception {
    for (int i = 0; i < 20; i++) {
      listen(new SessionId(9, i));
    }
    assertThat(watchThreads()).hasSize(1).allMatch(Thread::isDaemon);
    for (int i = 0; i < 20; i++) {
      other.hint(new Hint(new SessionId(9, i), LockName.of("a")));
      assertThat(next()).isEqualTo("a");
    }
  }

  @Test
  void inboxesOfTheDeadAreSweptWhenTheyAreOld() throws Exception {
    for (SessionId session : List.of(SELF, OTHER)) {
      Files.createDirectory(directory.resolve("inbox").resolve(session.toString()));
      Files.createFile(file(session));
    }
    other.sweepHints(List.of());
    assertThat(directory.resolve("inbox").toFile().list()).hasSize(2);
    LockSupport.parkNanos(30_000_000);
    try (FileMedium sweeper = Stores.open(directory, Steps.NONE, Duration.ZERO)) {
      sweeper.sweepHints(List.of(OTHER));
      assertThat(directory.resolve("inbox").toFile().list()).containsExactly(OTHER.toString());
      sweeper.sweepHints(List.of());
    }
  }
}
