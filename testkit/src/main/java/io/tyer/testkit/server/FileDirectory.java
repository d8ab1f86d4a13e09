package io.tyer.testkit.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A directory of the file store, read by the documented layout of its files. */
final class FileDirectory implements StoreServer {

  private static final int HEADER = 48;
  private static final int ANCESTORS_AT = 32;
  private static final int LENGTH_AT = 36;

  private final Path directory;

  FileDirectory(Path directory) {
    this.directory = directory;
  }

  @Override
  public String address() {
    return "file:" + directory;
  }

  @Override
  public Optional<Path> directory() {
    return Optional.of(directory);
  }

  @Override
  public Contents look() throws IOException {
    RecordContents contents = new RecordContents();
    for (Path bucket : list("lines")) {
      byte[] newest = newest(bucket);
      if (newest.length > 0) {
        contents.addLines(contentOf(newest));
      }
    }
    for (Path unused : list("sessions")) {
      contents.addSession();
    }
    List<String> litter = new ArrayList<>();
    for (String folder : List.of("inbox", "tmp")) {
      list(folder).forEach(file -> litter.add(directory.relativize(file).toString()));
    }
    return new Contents(contents.contents().tickets(), contents.contents().sessions(), litter);
  }

  /** The version with the highest number: file names are numbers of equal length. */
  private static byte[] newest(Path record) throws IOException {
    while (true) {
      List<Path> versions = list(record).stream().sorted().toList();
      if (versions.isEmpty()) {
        return new byte[0];
      }
      try {
        return Files.readAllBytes(versions.get(versions.size() - 1));
      } catch (NoSuchFileException e) {
        // There is a newer one meanwhile.
      }
    }
  }

  /** Behind a header and the nonces of earlier versions. */
  private static byte[] contentOf(byte[] version) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(version);
    if (version.length < HEADER) {
      throw new IOException("a version's file of " + version.length + " bytes");
    }
    int from = HEADER + 8 * in.getInt(ANCESTORS_AT);
    byte[] content = new byte[in.getInt(LENGTH_AT)];
    in.position(from).get(content);
    return content;
  }

  private List<Path> list(String folder) throws IOException {
    return list(directory.resolve(folder));
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  @Override
  public void close() {}
}
