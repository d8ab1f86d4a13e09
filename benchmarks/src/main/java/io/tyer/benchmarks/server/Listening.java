package io.tyer.benchmarks.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which process of this machine listens at a port, as Linux tells it of one's own processes. */
public final class Listening {

  private static final List<Path> TABLES =
      List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));
  private static final Pattern SPACES = Pattern.compile(" +");
  private static final String LISTENS = "0A";

  private static final int LOCAL_ADDRESS = 1;
  private static final int STATE = 3;
  private static final int INODE = 9;

  private Listening() {}

  /** Its id; empty if nobody listens there, or not on this machine, or somebody else's process. */
  public static OptionalLong at(int port) throws IOException {
    Optional<String> inode = Optional.empty();
    for (Path table : TABLES) {
      if (inode.isEmpty() && Files.isReadable(table)) {
        inode = inode(table, port);
      }
    }
    if (inode.isEmpty()) {
      return OptionalLong.empty();
    }
    Path socket = Path.of("socket:[" + inode.get() + "]");
    return ProcessHandle.allProcesses()
        .mapToLong(ProcessHandle::pid)
        .filter(pid -> has(pid, socket))
        .findFirst();
  }

  private static Optional<String> inode(Path table, int port) throws IOException {
    String suffix = String.format(Locale.ROOT, ":%04X", port);
    return Files.readAllLines(table).stream()
        .map(line -> SPACES.splitAsStream(line.strip()).toList())
        .filter(fields -> fields.get(LOCAL_ADDRESS).endsWith(suffix))
        .filter(fields -> fields.get(STATE).equals(LISTENS))
        .map(fields -> fields.get(INODE))
        .findFirst();
  }

  private static boolean has(long pid, Path socket) {
    try (Stream<Path> open = Files.list(Path.of("/proc/" + pid + "/fd"))) {
      return open.anyMatch(file -> isLinkTo(file, socket));
    } catch (IOException unused) {
      // It has ended meanwhile, or it is somebody else's.
      return false;
    }
  }

  private static boolean isLinkTo(Path file, Path target) {
    try {
      return Files.readSymbolicLink(file).equals(target);
    } catch (IOException unused) {
      // Closed meanwhile.
      return false;
    }
  }
}
