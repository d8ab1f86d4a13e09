package io.tyer.testkit.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HistoryFileTest {

  private static final Event FULL =
      new Event(
          -5,
          3,
          7,
          What.GRANTED,
          "a \"name\"\nwith \u2028 é 😀",
          2,
          Integer.MAX_VALUE,
          Long.MAX_VALUE,
          Long.MAX_VALUE - 1,
          "nöte");
  private static final Event BARE = new Event(1, 0, 0, What.QUIET, "", 0, 0, 0, 0, "");

  @TempDir Path directory;

  @Test
  void whatIsWrittenIsRead() throws IOException {
    Path file = directory.resolve("history");
    try (HistoryWriter writer = new HistoryWriter(file)) {
      writer.write(FULL);
      writer.write(BARE);
    }
    assertThat(HistoryReader.read(file)).containsExactly(FULL, BARE);
    assertThat(Files.readAllLines(file)).hasSize(2);
  }

  @Test
  void aLineIsInTheFileWhenWriteReturns() throws IOException {
    Path file = directory.resolve("history");
    try (HistoryWriter writer = new HistoryWriter(file)) {
      writer.write(FULL);
      assertThat(HistoryReader.read(file)).containsExactly(FULL);
    }
  }

  @Test
  void aTokenIsAString() throws IOException {
    String line = new String(EventJson.write(FULL), StandardCharsets.UTF_8);
    assertThat(line).contains("\"token\":\"" + Long.MAX_VALUE + "\"").endsWith("}\n");
  }

  @Test
  void manyThreadsWriteWholeLines() throws Exception {
    Path file = directory.resolve("history");
    try (HistoryWriter writer = new HistoryWriter(file)) {
      List<Thread> threads = new ArrayList<>();
      for (int process = 0; process < 4; process++) {
        int it = process;
        Thread thread =
            new Thread(
                () -> {
                  for (int i = 1; i <= 200; i++) {
                    // Interrupts do not end the file.
                    Thread.currentThread().interrupt();
                    writer.write(new Event(i, it, i, What.ACQUIRE, "a", 0, 0, 0, 0, ""));
                  }
                });
        thread.start();
        threads.add(thread);
      }
      for (Thread thread : threads) {
        thread.join();
      }
    }
    List<Event> events = HistoryReader.read(file);
    assertThat(events).hasSize(800).doesNotHaveDuplicates();
  }

  @Test
  void aTornLastLineIsLeftOut() throws IOException {
    byte[] line = EventJson.write(FULL);
    for (int length = 1; length < line.length - 1; length++) {
      Path file = directory.resolve("torn" + length);
      Files.write(file, EventJson.write(BARE));
      Files.write(file, Arrays.copyOf(line, length), StandardOpenOption.APPEND);
      assertThat(HistoryReader.read(file)).as("%d bytes", length).containsExactly(BARE);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"at\":1,\"process\":0,\"what\":\"QU",
        "",
        "[]",
        "{}",
        "{\"at\":1,\"process\":0}",
        "{\"at\":1,\"process\":0,\"what\":\"NOTHING\"}",
        "{\"at\":1.5,\"process\":0,\"what\":\"QUIET\"}",
        "{\"at\":1,\"process\":-1,\"what\":\"QUIET\"}",
        "{\"at\":1,\"process\":5000000000,\"what\":\"QUIET\"}",
        "{\"at\":1,\"process\":0,\"what\":\"QUIET\",\"token\":5}",
        "{\"at\":1,\"process\":0,\"what\":\"QUIET\",\"token\":\"x\"}",
        "{\"at\":1,\"process\":0,\"what\":\"QUIET\",\"name\":null}",
        "{\"at\":1,\"process\":0,\"what\":\"QUIET\",\"more\":1}",
        "{\"at\":1,\"at\":2,\"process\":0,\"what\":\"QUIET\"}",
        "{\"at\":1,\"process\":0,\"what\":\"QUIET\"} {}"
      })
  void anyOtherBrokenLineIsNamed(String broken) throws IOException {
    Path file = directory.resolve("history");
    String whole = new String(EventJson.write(BARE), StandardCharsets.UTF_8);
    Files.writeString(file, whole + broken + "\n" + whole);
    assertThatThrownBy(() -> HistoryReader.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(file + ":2: ");
  }

  @Test
  void aFileIsNotContinued() throws IOException {
    Path file = Files.createFile(directory.resolve("history"));
    assertThatThrownBy(() -> new HistoryWriter(file))
        .isInstanceOf(FileAlreadyExistsException.class);
  }
}
