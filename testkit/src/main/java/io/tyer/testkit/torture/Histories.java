package io.tyer.testkit.torture;

import io.tyer.testkit.history.Event;
import io.tyer.testkit.history.HistoryReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The histories of a run: files in one directory. */
record Histories(Path directory) {

  private static final String SUFFIX = ".history";

  Path file(String name) {
    return directory.resolve(name + SUFFIX);
  }

  /** All events there are by now, file by file. */
  List<Event> read() throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(directory)) {
      files = all.filter(file -> file.toString().endsWith(SUFFIX)).sorted().toList();
    }
    List<Event> events = new ArrayList<>();
    for (Path file : files) {
      events.addAll(HistoryReader.read(file));
    }
    return events;
  }

  /**
   * What had happened a while ago, while writers go on: files are read one after the other, and
   * what comes between would be in one and missing in another.
   *
   * @param nanos how long ago; longer than it takes to write down what has happened
   */
  List<Event> readUpTo(long nanos) throws IOException {
    long instant = System.nanoTime() - nanos;
    return read().stream().filter(event -> event.at() - instant <= 0).toList();
  }
}
