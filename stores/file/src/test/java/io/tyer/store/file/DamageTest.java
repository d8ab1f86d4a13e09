package io.tyer.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tyer.line.SessionId;
import io.tyer.spi.StoreException;
import io.tyer.spi.StoreException.Kind;
import io.tyer.store.record.RecordKey;
import io.tyer.store.record.Stamped;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are not what their names say. */
class DamageTest {

  private static final RecordKey KEY = Stores.line(7);

  @TempDir Path directory;

  @Test
  void everyTruncationAndEveryFlippedBitIsRefusedNamingTheFile() throws Exception {
    grow(KEY, 4);
    Path newest = version(4);
    byte[] good = Files.readAllBytes(newest);
    Random random = new Random(1);
    for (int i = 0; i < 400; i++) {
      byte[] bad;
      if (i < 200) {
        bad = good.clone();
        int bit = i < 100 ? i * 4 % (8 * good.length) : random.nextInt(8 * good.length);
        bad[bit / 8] ^= (byte) (1 << bit % 8);
      } else {
        bad = Arrays.copyOf(good, random.nextInt(good.length));
      }
      Files.write(newest, bad);
      assertRefused(KEY, newest.toString());
    }
    Files.write(newest, good);
    try (FileMedium medium = Stores.open(directory)) {
      assertThat(Stores.newest(medium, KEY).version()).isEqualTo(4);
    }
  }

  @Test
  void aDamagedPredecessorIsRefusedToo() throws Exception {
    grow(KEY, 4);
    Files.write(version(3), new byte[0]);
    assertRefused(KEY, version(3).toString());
  }

  @Test
  void damageSpoilsOneRecordOnly() throws Exception {
    grow(KEY, 4);
    Stamped other = grow(Stores.line(8), 4);
    Files.write(version(4), new byte[0]);
    try (FileMedium medium = Stores.open(directory)) {
      assertThat(Stores.newest(medium, Stores.line(8))).matches(other::same);
      assertThat(medium.replace(Stores.line(8), other, new byte[0])).isNotNull();
    }
  }

  @Test
  void aFileThatBelongsToAnotherRecordIsRefused() throws Exception {
    grow(KEY, 4);
    grow(Stores.line(8), 5);
    Files.copy(directory.resolve("lines/8").resolve(RecordDirectory.fileName(5)), version(5));
    assertRefused(KEY, version(5).toString());
  }

  @Test
  void aFileThatHoldsAnotherVersionIsRefused() throws Exception {
    grow(KEY, 4);
    Files.copy(version(4), version(5));
    assertRefused(KEY, version(5).toString(), "it holds version 4");
  }

  @Test
  void aNewerFormatIsRefused() throws Exception {
    grow(KEY, 4);
    try (RandomAccessFile file = new RandomAccessFile(version(4).toFile(), "rw")) {
      file.seek(4);
      file.writeShort(2);
    }
    assertRefused(KEY, "format 2", "upgrade");
    Path marker = directory.resolve(FormatMarker.FILE_NAME);
    Files.writeString(marker, Files.readString(marker).replace("format=1", "format=2"));
    assertThatThrownBy(() -> Stores.open(directory))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.REFUSED))
        .hasMessageContaining("format 2")
        .hasMessageContaining("upgrade")
        .hasMessageContaining(marker.toString());
  }

  @Test
  void aDamagedMarkerIsRefused() throws Exception {
    grow(KEY, 1);
    Path marker = directory.resolve(FormatMarker.FILE_NAME);
    String good = Files.readString(marker);
    for (String bad :
        List.of(
            "",
            "x",
            good.replace("tyer", "x"),
            good.replaceAll("buckets=\\d+", ""),
            good.replaceAll("buckets=\\d+", "buckets=0"),
            good.replaceAll("id=.*", "id="))) {
      Files.writeString(marker, bad);
      assertThatThrownBy(() -> Stores.open(directory))
          .isInstanceOfSatisfying(
              StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.REFUSED))
          .hasMessageContaining(marker.toString());
    }
  }

  @Test
  void garbageInEveryFolderIsLeftAlone() throws Exception {
    Stamped newest = grow(KEY, 4);
    for (String folder : StoreDirectory.FOLDERS) {
      garbage(directory.resolve(folder));
    }
    garbage(directory);
    garbage(directory.resolve("lines/7"));
    Files.createDirectories(directory.resolve("lines/9/x"));
    try (FileMedium medium = Stores.open(directory)) {
      assertThat(Stores.newest(medium, KEY)).matches(newest::same);
      Stamped next = Stores.replaced(medium, KEY, newest, new byte[0]);
      medium.sweepHints(List.of(new SessionId(1, 2)));
      assertThat(Stores.newest(medium, KEY)).matches(next::same);
      for (RecordKey.Kind kind : RecordKey.Kind.values()) {
        for (RecordKey key : medium.list(kind)) {
          try {
            medium.read(key);
          } catch (StoreException e) {
            assertThat(e).hasMessageContaining(key.id());
          }
        }
      }
    }
    assertThat(directory.resolve("lines/7/README.txt")).exists();
  }

  private static void garbage(Path folder) throws Exception {
    Files.writeString(folder.resolve("README.txt"), "hello");
    Files.writeString(folder.resolve("readme"), "hello");
    Files.createDirectory(folder.resolve("Old files"));
    Files.createDirectory(folder.resolve("0000"));
    Files.writeString(folder.resolve("000000000000000g"), "hello");
    Files.createSymbolicLink(folder.resolve("link"), Path.of("nowhere"));
  }

  @Test
  void aFileInPlaceOfARecordIsRefused() throws Exception {
    grow(KEY, 1);
    Path record = directory.resolve("lines/9");
    Files.write(record, "hello".getBytes(StandardCharsets.UTF_8));
    assertRefused(Stores.line(9), record.toString());
  }

  @Test
  void anEmptyDirectoryIsNoRecord() throws Exception {
    grow(KEY, 1);
    Files.createDirectory(directory.resolve("lines/9"));
    try (FileMedium medium = Stores.open(directory)) {
      assertThat(medium.read(Stores.line(9))).isNull();
      assertThat(medium.replace(Stores.line(9), null, new byte[0])).isNotNull();
    }
  }

  @Test
  void aDirectoryWithoutAnyVersionIsToldOf() throws Exception {
    grow(KEY, 1);
    Files.createDirectories(directory.resolve("lines/9/x"));
    try (FileMedium medium = Stores.open(directory)) {
      assertThatThrownBy(() -> medium.read(Stores.line(9)))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining(directory.resolve("lines/9").toString());
    }
  }

  private void assertRefused(RecordKey key, String... texts) throws Exception {
    try (FileMedium medium = Stores.open(directory)) {
      assertThatThrownBy(() -> medium.read(key))
          .isInstanceOfSatisfying(
              StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.REFUSED))
          .hasMessageContainingAll(texts);
    }
  }

  private Path version(int number) {
    return directory.resolve("lines/7").resolve(RecordDirectory.fileName(number));
  }

  private Stamped grow(RecordKey key, int version) throws Exception {
    try (FileMedium medium = Stores.open(directory)) {
      Stamped newest = medium.read(key);
      while (newest == null || newest.version() < version) {
        newest = Stores.replaced(medium, key, newest, new byte[300]);
      }
      return newest;
    }
  }
}
