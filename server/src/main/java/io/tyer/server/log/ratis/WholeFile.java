package io.tyer.server.log.ratis;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Files that are there as a whole, and on the disk, or not at all. */
final class WholeFile {

  private static final String NEW = ".new";

  private WholeFile() {}

  /** The name under which a file is written until it is whole. */
  static String draftOf(String name) {
    return name + NEW;
  }

  /** Replaces a small file, or makes it; returns when it survives a loss of power. */
  static void write(Path file, byte[] content) throws IOException {
    Path draft = file.resolveSibling(draftOf(file.getFileName().toString()));
    try (FileChannel channel =
        FileChannel.open(
            draft,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer left = ByteBuffer.wrap(content);
      while (left.hasRemaining()) {
        channel.write(left);
      }
      channel.force(true);
    }
    name(draft, file);
  }

  /** Gives a file, which is on the disk, its name; returns when that survives, too. */
  static void name(Path draft, Path file) throws IOException {
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    try (FileChannel directory =
        FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
      directory.force(true);
    }
  }
}
