package io.tyer.testkit.history;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads what a {@link HistoryWriter} wrote. */
public final class HistoryReader {

  private HistoryReader() {}

  /**
   * The events of a file, in its order. The last line is left out if it is torn: its writer was
   * killed.
   *
   * @throws IOException if the file cannot be read, or another line is broken; it says which
   */
  public static List<Event> read(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    List<Event> events = new ArrayList<>();
    int from = 0;
    for (int line = 1; from < bytes.length; line++) {
      int to = from;
      while (to < bytes.length && bytes[to] != '\n') {
        to++;
      }
      try {
        events.add(EventJson.read(bytes, from, to - from));
      } catch (IOException | IllegalArgumentException e) {
        if (to < bytes.length) {
          throw new IOException(file + ":" + line + ": " + e.getMessage(), e);
        }
      }
      from = to + 1;
    }
    return events;
  }
}
