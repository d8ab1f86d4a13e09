package io.tyer.server.log.ratis;

import io.tyer.server.log.MemberConfig;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.ratis.protocol.RaftGroupId;
import org.jspecify.annotations.Nullable;

/** A member's directory, which says whose it is, and is used by one process at a time. */
final class Home implements AutoCloseable {

  static final String HOW_TO_START_OVER =
      "With two other members running: remove this member, empty its directory, start it without"
          + " initial members and add it again. Alone: begin a new group in an empty directory, and"
          + " import its access tokens; never an older copy of this directory, which has forgotten who"
          + " holds locks";

  private static final String MARKER = "tyer-member";
  private static final String LOCK = "tyer-lock";
  private static final String FORMAT = "tyer server log, format 1";

  private final FileChannel lock;

  /** Makes the directory this member's, or sees that it is. */
  Home(MemberConfig config) throws IOException {
    Files.createDirectories(config.directory());
    lock =
        FileChannel.open(
            config.directory().resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      lock(config.directory());
      claim(config);
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private void lock(Path directory) throws IOException {
    try {
      if (lock.tryLock() != null) {
        return;
      }
    } catch (OverlappingFileLockException inThisProcess) {
      throw inUse(directory, inThisProcess);
    }
    throw inUse(directory, null);
  }

  private static IOException inUse(Path directory, @Nullable Throwable cause) {
    return new IOException(
        "the directory "
            + directory
            + " is in use by a member that runs: stop it, or give another directory",
        cause);
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }

  /** The engine's name for a cluster. */
  static RaftGroupId group(String cluster) {
    return RaftGroupId.valueOf(
        UUID.nameUUIDFromBytes(("tyer:" + cluster).getBytes(StandardCharsets.UTF_8)));
  }

  private static void claim(MemberConfig config) throws IOException {
    Path directory = config.directory();
    Path marker = directory.resolve(MARKER);
    if (!Files.exists(marker)) {
      try (Stream<Path> files = Files.list(directory)) {
        List<Path> others =
            files
                .filter(
                    file ->
                        !List.of(WholeFile.draftOf(MARKER), LOCK)
                            .contains(file.getFileName().toString()))
                .toList();
        if (!others.isEmpty()) {
          throw new IOException(
              "the directory "
                  + directory
                  + " is no member's, and not empty: it has "
                  + others.get(0).getFileName()
                  + ". Give an empty one, or the one that this member had");
        }
      }
      byte[] text = (String.join("\n", lines(config)) + "\n").getBytes(StandardCharsets.UTF_8);
      WholeFile.write(marker, text);
      return;
    }
    List<String> found = Files.readAllLines(marker);
    List<String> wanted = lines(config);
    if (found.size() != wanted.size() || !found.get(0).equals(FORMAT)) {
      throw new IOException(
          "the directory "
              + directory
              + " has the format '"
              + (found.isEmpty() ? "" : found.get(0))
              + "'; this version knows '"
              + FORMAT
              + "'. Start the version that wrote it, or a later one");
    }
    if (!found.equals(wanted)) {
      throw new IOException(
          "the directory "
              + directory
              + " belongs to "
              + String.join(", ", found.subList(1, found.size()))
              + ", not to "
              + String.join(", ", wanted.subList(1, wanted.size()))
              + ". Give the directory of this member, or an empty one");
    }
  }

  private static List<String> lines(MemberConfig config) {
    return List.of(FORMAT, "cluster " + config.cluster(), "member " + config.self().id());
  }
}
