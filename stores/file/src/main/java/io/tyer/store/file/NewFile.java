package io.tyer.store.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.HashSet;
import java.util.Set;

/**
 * Makes a file and writes it by one opening: were it opened a second time, its name might be
 * another file's by then.
 */
final class NewFile {

  private static final Set<OpenOption> OPTIONS =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);

  private NewFile() {}

  /**
   * Makes it under this name.
   *
   * @throws ClosedByInterruptException as the other one does
   */
  static void write(Path file, byte[] content, FileAttribute<?>... attributes) throws IOException {
    write(options -> Files.newByteChannel(file, options, attributes), content);
  }

  /** The same, and what was written outlives a loss of power. */
  static void writeDurably(Path file, byte[] content, FileAttribute<?>... attributes)
      throws IOException {
    write(
        options -> {
          Set<OpenOption> durable = new HashSet<>(options);
          durable.add(StandardOpenOption.DSYNC);
          return Files.newByteChannel(file, durable, attributes);
        },
        content);
  }

  /**
   * Makes it where it is opened. A thread that is interrupted already makes it nevertheless, and
   * stays interrupted.
   *
   * @throws ClosedByInterruptException if the thread was interrupted just then: perhaps not all of
   *     it is written, and it has to be made again, under another name
   */
  static void write(Opening opening, byte[] content) throws IOException {
    boolean interrupted = Thread.interrupted();
    try (SeekableByteChannel out = opening.open(OPTIONS)) {
      ByteBuffer rest = ByteBuffer.wrap(content);
      while (rest.hasRemaining()) {
        int unused = out.write(rest);
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Opens a file so that it is made. */
  @FunctionalInterface
  interface Opening {
    SeekableByteChannel open(Set<OpenOption> options) throws IOException;
  }
}
