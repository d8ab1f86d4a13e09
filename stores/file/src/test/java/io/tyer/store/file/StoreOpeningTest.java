package io.tyer.store.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.store.record.Stamped;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreOpeningTest {

  private static final int CLIENTS = 8;

  @TempDir Path directory;

  @Test
  void manyMayMakeAStoreAtOnce() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    for (int round = 0; round < 50; round++) {
      Path path = directory.resolve("a/b/" + round);
      CyclicBarrier start = new CyclicBarrier(CLIENTS);
      List<Future<Integer>> opening = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        OptionalInt buckets = i % 2 == 0 ? OptionalInt.empty() : OptionalInt.of(256);
        opening.add(
            threads.submit(
                () -> {
                  start.await();
                  return StoreOpening.open(path, buckets, Stores.SURROUNDINGS).buckets();
                }));
      }
      Set<Integer> buckets = new HashSet<>();
      for (Future<Integer> future : opening) {
        buckets.add(future.get());
      }
      assertThat(buckets).containsExactly(256);
      assertThat(path.toFile().list())
          .containsExactlyInAnyOrder("tyer-store", "lines", "sessions", "shared", "inbox", "tmp");
      assertThat(path.resolve("tmp").toFile().list()).isEmpty();
    }
    threads.shutdown();
  }

  @Test
  void foldersThatWereRemovedAreMadeAnew() throws Exception {
    Stores.open(directory).close();
    for (String folder : StoreDirectory.FOLDERS) {
      Files.delete(directory.resolve(folder));
    }
    try (FileMedium medium = Stores.open(directory)) {
      Stamped made = Stores.replaced(medium, Stores.line(1), null, new byte[0]);
      assertThat(Stores.newest(medium, Stores.line(1))).matches(made::same);
    }
  }

  @Test
  void mountPointsAndHiddenFilesAreNoObstacle() throws Exception {
    Files.createDirectory(directory.resolve("lost+found"));
    Files.createFile(directory.resolve(".hidden"));
    Stores.open(directory).close();
  }

  @Test
  void aSymbolicLinkIsFollowedOnce() throws Exception {
    Path first = Files.createDirectory(directory.resolve("first"));
    Path second = Files.createDirectory(directory.resolve("second"));
    Path link = Files.createSymbolicLink(directory.resolve("link"), first);
    try (FileMedium medium = Stores.open(link)) {
      Stamped made = Stores.replaced(medium, Stores.line(1), null, new byte[0]);
      Files.delete(link);
      Files.createSymbolicLink(link, second);
      assertThat(Stores.replaced(medium, Stores.line(1), made, new byte[0]).version()).isEqualTo(2);
    }
    assertThat(second).isEmptyDirectory();
  }

  @Test
  void theMarkerIsText() throws Exception {
    StoreOpening.open(directory, OptionalInt.of(10), Stores.SURROUNDINGS);
    assertThat(Files.readString(directory.resolve("tyer-store")))
        .matches("tyer file store\nformat=1\nbuckets=10\nid=[0-9a-f]{16}\n");
  }
}
