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
}
