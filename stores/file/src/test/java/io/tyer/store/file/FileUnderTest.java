package io.tyer.store.file;

import io.tyer.testkit.contract.Contents;
import io.tyer.testkit.contract.Feature;
import io.tyer.testkit.contract.LocalSeat;
import io.tyer.testkit.contract.Seat;
import io.tyer.testkit.contract.StoreUnderTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** A directory; looked into by listing it, and by searching its files for names. */
final class FileUnderTest implements StoreUnderTest {

  private final Path directory;

  FileUnderTest(Path directory) {
    this.directory = directory;
  }

  @Override
  public String kind() {
    return "file";
  }

  @Override
  public Seat seat() {
    return new LocalSeat("file:" + directory, new FileStoreProvider());
  }

  @Override
  public Contents look(Collection<String> names) throws IOException {
    Set<String> kept = new TreeSet<>();
    for (Path bucket : list("lines")) {
      String newest = newest(bucket);
      names.stream().filter(name -> newest.contains(raw(name))).forEach(kept::add);
    }
    List<String> litter = new ArrayList<>();
    for (String folder : List.of("inbox", "tmp")) {
      list(folder).forEach(file -> litter.add(directory.relativize(file).toString()));
    }
    return new Contents(kept, list("sessions").size(), litter);
  }

  /** Bytes as characters, so that text can be found in them. */
  private static String raw(String name) {
    return new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  private static String newest(Path bucket) throws IOException {
    while (true) {
      List<Path> versions = list(bucket).stream().sorted().toList();
      if (versions.isEmpty()) {
        return "";
      }
      try {
        byte[] content = Files.readAllBytes(versions.get(versions.size() - 1));
        return new String(content, StandardCharsets.ISO_8859_1);
      } catch (NoSuchFileException e) {
        // There is a newer one meanwhile.
      }
    }
  }

  private List<Path> list(String folder) throws IOException {
    return list(directory.resolve(folder));
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    }
  }

  @Override
  public Optional<String> whyNot(Feature feature) {
    return switch (feature) {
      case RESTART -> Optional.of("a directory has no server that could be restarted");
      case REMOVE_LINE, TELLS -> Optional.empty();
    };
  }

  /** Renamed before it is deleted: a writer must not meet half of it. */
  @Override
  public void removeLine(String name) throws IOException {
    for (Path bucket : list("lines")) {
      if (newest(bucket).contains(raw(name))) {
        Path away = directory.resolve(".away");
        Files.move(bucket, away);
        Trees.delete(away.toFile());
      }
    }
  }

  @Override
  public void close() {}
}
