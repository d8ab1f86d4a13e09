package io.tyer.server.log.ratis;

import io.tyer.server.log.MemberConfig;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.ratis.protocol.RaftGroupId;

/** A member's directory, which says whose it is. */
final class Home {

  static final String HOW_TO_START_OVER =
      "With two other members running: remove this member, empty its directory, start it without"
          + " initial members and add it again. Alone: restore the directory from a backup";

  private static final String MARKER = "tyer-member";
  private static final String FORMAT = "tyer server log, format 1";

  private Home() {}

  /** The engine's name for a cluster. */
  static RaftGroupId group(String cluster) {
    return RaftGroupId.valueOf(
        UUID.nameUUIDFromBytes(("tyer:" + cluster).getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * Makes the directory this member's, or sees that it is.
   *
   * @return whether it was empty
   */
  static boolean claim(MemberConfig config) throws IOException {
    Path directory = config.directory();
    Files.createDirectories(directory);
    Path marker = directory.resolve(MARKER);
    if (!Files.exists(marker)) {
      try (Stream<Path> files = Files.list(directory)) {
        List<Path> others =
            files.filter(file -> !file.getFileName().toString().equals(MARKER + ".new")).toList();
        if (!others.isEmpty()) {
          throw new IOException(
              "the directory "
                  + directory
                  + " is no member's, and not empty: it has "
                  + others.get(0).getFileName()
                  + ". Give an empty one, or the one that this member had");
        }
      }
      write(marker, lines(config));
      return true;
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
    return !Files.exists(directory.resolve(group(config.cluster()).getUuid().toString()));
  }

  private static List<String> lines(MemberConfig config) {
    return List.of(FORMAT, "cluster " + config.cluster(), "member " + config.self().id());
  }

  private static void write(Path marker, List<String> lines) throws IOException {
    Path written = marker.resolveSibling(MARKER + ".new");
    byte[] text = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    try (FileChannel channel =
        FileChannel.open(
            written,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer left = ByteBuffer.wrap(text);
      while (left.hasRemaining()) {
        channel.write(left);
      }
      channel.force(true);
    }
    Files.move(written, marker, StandardCopyOption.ATOMIC_MOVE);
  }
}
