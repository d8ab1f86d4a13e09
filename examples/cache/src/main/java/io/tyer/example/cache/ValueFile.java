package io.tyer.example.cache;

import io.tyer.fence.FencedFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** A file with the value, behind a line that says as of when it is. */
final class ValueFile {

  private final Path path;
  private final FencedFile fenced;

  ValueFile(Path path) {
    this.path = path;
    this.fenced = new FencedFile(path);
  }

  /**
   * What is stored; empty if nothing is. Waits for nobody: the file is replaced as a whole.
   *
   * @throws IOException if it cannot be read, or says something else
   */
  Optional<Entry> read() throws IOException {
    String text;
    try {
      text = Files.readString(path);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    int line = text.indexOf('\n');
    try {
      Instant asOf = Instant.ofEpochMilli(Long.parseLong(text.substring(0, Math.max(0, line))));
      return Optional.of(new Entry(asOf, text.substring(line + 1)));
    } catch (NumberFormatException e) {
      throw new IOException(path + " does not begin with a line of milliseconds: remove it", e);
    }
  }

  /**
   * Stores a value, unless one was stored under a larger token.
   *
   * @throws io.tyer.fence.StaleTokenException if one was; it stays
   */
  void write(long token, Entry entry) throws IOException, InterruptedException {
    String text = entry.asOf().toEpochMilli() + "\n" + entry.value();
    fenced.replace(token, text.getBytes(StandardCharsets.UTF_8));
  }
}
