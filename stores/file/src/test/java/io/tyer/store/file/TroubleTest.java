package io.tyer.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tyer.spi.StoreException;
import io.tyer.spi.StoreException.Kind;
import io.tyer.store.record.RecordKey;
import io.tyer.store.record.Stamped;
import io.tyer.testkit.host.Needs;
import io.tyer.testkit.host.Requires;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a client is told when the directory fails it. */
class TroubleTest {

  private static final RecordKey KEY = Stores.line(7);

  @TempDir Path directory;

  @Test
  void aStoreThatWasRemovedIsUnreachableAndNotEmpty() throws Exception {
    Path store = directory.resolve("store");
    FileMedium medium = Stores.open(store);
    Stamped line = Stores.replaced(medium, KEY, null, new byte[0]);
    Stamped session = Stores.replaced(medium, Stores.session("a"), null, new byte[0]);
    assertThat(store.toFile().renameTo(directory.resolve("elsewhere").toFile())).isTrue();
    for (ThrowingCallable call : calls(medium, line, session)) {
      assertFails(call, Kind.UNREACHABLE, store.toString(), "mount it again");
    }
    Files.createDirectory(store);
    for (ThrowingCallable call : calls(medium, line, session)) {
      assertFails(call, Kind.UNREACHABLE, store.toString());
    }
    assertThat(store).as("not made a store again by a client in the middle").isEmptyDirectory();

    Stores.open(store).close();
    assertFails(() -> medium.read(Stores.session("a")), Kind.REFUSED, "another store");
    assertFails(() -> medium.replace(KEY, line, new byte[0]), Kind.REFUSED, "another store");
    Trees.delete(store.toFile());
    assertThat(directory.resolve("elsewhere").toFile().renameTo(store.toFile())).isTrue();
    assertThat(Stores.newest(medium, KEY)).matches(line::same);
    medium.close();
  }

  private static List<ThrowingCallable> calls(FileMedium medium, Stamped line, Stamped session) {
    return List.of(
        () -> medium.read(KEY),
        () -> medium.read(Stores.session("a")),
        () -> medium.read(Stores.session("never-there")),
        () -> medium.replace(KEY, line, new byte[0]),
        () -> medium.replace(Stores.line(9), null, new byte[0]),
        () -> medium.remove(Stores.session("a"), session),
        () -> medium.age(Stores.session("a"), session),
        () -> medium.list(RecordKey.Kind.SESSION),
        () -> medium.sweepHints(List.of()));
  }

  @Test
  void whatIsNoStoreIsRefused() throws Exception {
    Path file = Files.createFile(directory.resolve("file"));
    assertFails(() -> Stores.open(file), Kind.REFUSED, file.toString(), "not a directory");
    Path below = file.resolve("below");
    assertThatThrownBy(() -> Stores.open(below))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(below.toString());
    assertFails(() -> Stores.open(directory), Kind.REFUSED, "holds something else", "file");
    assertThat(directory.toFile().list()).containsExactly("file");
  }

  @Test
  void bucketsCannotBeChanged() throws Exception {
    StoreOpening.open(directory, OptionalInt.of(10), Stores.SURROUNDINGS);
    StoreOpening.open(directory, OptionalInt.of(10), Stores.SURROUNDINGS);
    StoreOpening.open(directory, OptionalInt.empty(), Stores.SURROUNDINGS);
    assertFails(
        () -> StoreOpening.open(directory, OptionalInt.of(11), Stores.SURROUNDINGS),
        Kind.REFUSED,
        "10 buckets",
        "11");
  }

  @Requires(Needs.MOUNTS)
  @Test
  void aFullDiskIsToldOfAndHarmless() throws Exception {
    Path disk = mount("size=1m");
    try {
      FileMedium medium = Stores.open(disk.resolve("store"));
      Stamped newest = Stores.replaced(medium, KEY, null, new byte[] {1});
      newest = Stores.replaced(medium, KEY, newest, new byte[] {2});
      Path ballast = disk.resolve("ballast");
      fill(ballast);
      Stamped before = newest;
      assertFails(
          () -> {
            Stamped at = before;
            for (int i = 0; i < 10; i++) {
              at = Stores.replaced(medium, KEY, at, new byte[20_000]);
            }
          },
          Kind.UNREACHABLE,
          disk.toString(),
          "space");
      assertFails(
          () -> medium.replace(Stores.session("a"), null, new byte[20_000]),
          Kind.UNREACHABLE,
          disk.toString(),
          "space");
      Files.delete(ballast);
      newest = Stores.newest(medium, KEY);
      newest = Stores.replaced(medium, KEY, newest, new byte[20_000]);
      try (FileMedium fresh = Stores.open(disk.resolve("store"))) {
        assertThat(Stores.newest(fresh, KEY)).matches(newest::same);
      }
      medium.close();
      assertThat(disk.resolve("store/tmp").toFile().list()).isEmpty();
    } finally {
      run("umount", disk.toString());
    }
  }

  @Requires(Needs.MOUNTS)
  @Test
  void aReadOnlyMountIsRefusedButCanBeRead() throws Exception {
    Path disk = mount("size=1m");
    try {
      FileMedium medium = Stores.open(disk.resolve("store"));
      Stamped newest = Stores.replaced(medium, KEY, null, new byte[] {1});
      run("mount", "-o", "remount,ro", disk.toString());
      assertThat(Stores.newest(medium, KEY)).matches(newest::same);
      assertFails(
          () -> medium.replace(KEY, newest, new byte[] {2}),
          Kind.REFUSED,
          disk.toString(),
          "read-only");
      assertFails(
          () -> medium.replace(Stores.line(9), null, new byte[] {2}),
          Kind.REFUSED,
          disk.toString(),
          "read-only");
      assertFails(() -> Stores.open(disk.resolve("store")), Kind.REFUSED, "read-only");
      medium.close();
    } finally {
      run("umount", disk.toString());
    }
  }

  private static void fill(Path ballast) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(ballast.toFile(), "rw")) {
      while (true) {
        file.write(new byte[4096]);
      }
    } catch (IOException full) {
      assertThat(full).isNotNull();
    }
  }

  private Path mount(String options) throws Exception {
    Path disk = Files.createDirectory(directory.resolve("disk"));
    run("mount", "-t", "tmpfs", "-o", options, "none", disk.toString());
    return disk;
  }

  private static void run(String... command) throws Exception {
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }

  private static void assertFails(ThrowingCallable call, Kind kind, String... texts) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).as(e.getMessage()).isEqualTo(kind))
        .hasMessageContainingAll(texts);
  }
}
