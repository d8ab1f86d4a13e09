package io.tyer.store.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.store.record.RecordKey;
import io.tyer.store.record.Stamped;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PruningTest {

  private static final RecordKey KEY = Stores.line(7);

  @TempDir Path directory;

  @Test
  void aVersionThatCannotBeRemovedKeepsThoseAfterIt() throws Exception {
    try (FileMedium medium = Stores.open(directory);
        FileMedium other = Stores.open(directory)) {
      Stamped newest = Stores.replaced(medium, KEY, null, new byte[0]);
      while (newest.version() < 11) {
        newest = Stores.replaced(medium, KEY, newest, new byte[0]);
      }
      Path stuck = directory.resolve("lines/7").resolve(RecordDirectory.fileName(9));
      Files.delete(stuck);
      Files.createDirectories(stuck.resolve("x"));
      for (int i = 0; i < 10; i++) {
        newest = Stores.replaced(i % 2 == 0 ? medium : other, KEY, newest, new byte[0]);
        assertThat(directory.resolve("lines/7").toFile().list()).hasSize(4 + i);
        assertThat(Stores.newest(other, KEY)).matches(newest::same);
      }
      Files.delete(stuck.resolve("x"));
      newest = Stores.replaced(medium, KEY, newest, new byte[0]);
      assertThat(directory.resolve("lines/7").toFile().list()).hasSize(Pruning.KEPT);
      assertThat(Stores.newest(other, KEY)).matches(newest::same);
    }
  }
}
