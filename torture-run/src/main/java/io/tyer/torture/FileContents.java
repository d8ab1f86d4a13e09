package io.tyer.torture;

import io.tyer.testkit.server.Contents;
import io.tyer.testkit.server.RecordContents;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads the directory of a file store, from its documented format and not with the store's code.
 */
final class FileContents {

  private static final int MAGIC = 0x54594552;
  private static final int FORMAT = 1;
  private static final int REMOVED = 1;
  private static final int HEADER = 48;
  private static final int NONCES_AT = 32;

  private FileContents() {}

  static Contents of(Path store) throws IOException {
    RecordContents contents = new RecordContents();
    for (Path record : entries(store.resolve("lines"))) {
      Optional<byte[]> lines = newest(record);
      if (lines.isPresent()) {
        contents.addLines(lines.get());
      }
    }
    for (Path record : entries(store.resolve("sessions"))) {
      if (newest(record).isPresent()) {
        contents.addSession();
      }
    }
    return contents.contents();
  }

  /** The content of a record's newest version; empty if it says that the record is removed. */
  private static Optional<byte[]> newest(Path record) throws IOException {
    // Names are hexadecimal numbers of one length.
    Optional<Path> file =
        entries(record).stream().max(Comparator.comparing(path -> path.getFileName().toString()));
    return file.isEmpty() ? Optional.empty() : content(file.get());
  }

  private static Optional<byte[]> content(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    try {
      if (in.getInt() != MAGIC || in.getShort() != FORMAT) {
        throw new IOException(file + " is not a version of a record in format " + FORMAT);
      }
      boolean removed = (in.getShort() & REMOVED) != 0;
      in.position(NONCES_AT);
      int from = HEADER + Long.BYTES * in.getInt();
      int length = in.getInt();
      return removed
          ? Optional.empty()
          : Optional.of(Arrays.copyOfRange(bytes, from, from + length));
    } catch (BufferUnderflowException e) {
      throw new IOException(file + " is too short for a version of a record", e);
    }
  }

  private static List<Path> entries(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.sorted().toList();
    } catch (NoSuchFileException e) {
      // Gone since its parent was listed.
      return List.of();
    }
  }
}
