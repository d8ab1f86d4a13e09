package io.tyer.testkit.torture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The TCP sockets this process has open, by what Linux says of it. */
final class TcpSockets {

  private static final Path SELF = Path.of("/proc/self");
  private static final int INODE = 9;

  private TcpSockets() {}

  /** How many there are; 0 where the system does not say. */
  static int open() throws IOException {
    if (!Files.isDirectory(SELF.resolve("fd"))) {
      return 0;
    }
    Set<String> known = new HashSet<>();
    for (String table : List.of("net/tcp", "net/tcp6")) {
      Path file = SELF.resolve(table);
      if (Files.exists(file)) {
        for (String line : Files.readAllLines(file)) {
          String[] fields = line.strip().split("\\s+", -1);
          if (fields.length > INODE) {
            known.add("socket:[" + fields[INODE] + "]");
          }
        }
      }
    }
    try (Stream<Path> descriptors = Files.list(SELF.resolve("fd"))) {
      return (int) descriptors.map(TcpSockets::target).filter(known::contains).count();
    }
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException e) {
      return ""; // Closed since it was listed.
    }
  }

  /**
   * The rows of all that are open, as Linux has them: their ends in hexadecimal digits, a state.
   */
  static List<String> rows() throws IOException {
    List<String> rows = new ArrayList<>();
    Set<String> mine = new HashSet<>();
    try (Stream<Path> descriptors = Files.list(SELF.resolve("fd"))) {
      descriptors.map(TcpSockets::target).forEach(mine::add);
    }
    for (String table : List.of("net/tcp", "net/tcp6")) {
      Path file = SELF.resolve(table);
      if (Files.exists(file)) {
        for (String line : Files.readAllLines(file)) {
          String[] fields = line.strip().split("\\s+", -1);
          if (fields.length > INODE && mine.contains("socket:[" + fields[INODE] + "]")) {
            rows.add(fields[1] + " to " + fields[2] + " state " + fields[3]);
          }
        }
      }
    }
    return rows;
  }

  /** How many more than that there are, when there are none or time is over. */
  static int leftWithin(Duration time, int before) throws IOException {
    Signals never = new Signals();
    long deadline = System.nanoTime() + time.toNanos();
    int left = open() - before;
    while (left > 0 && System.nanoTime() - deadline < 0) {
      never.pause(50_000_000);
      left = open() - before;
    }
    return Math.max(0, left);
  }
}
