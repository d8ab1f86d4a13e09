package io.tyer.store.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.store.record.RecordKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConcurrencyTest {

  private static final int RECORDS = 3;

  @TempDir Path directory;
  @TempDir Path other;

  @Test
  void noUpdateIsLostBetweenThreadsAndClients() throws Exception {
    Tally tally = new Tally(other.resolve("tally"));
    ExecutorService threads = Executors.newCachedThreadPool();
    List<FileMedium> media = new ArrayList<>();
    List<Future<?>> running = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      FileMedium medium = Stores.open(directory);
      media.add(medium);
      for (int j = 0; j < 2; j++) {
        int writer = 2 * i + j;
        Callable<Void> task =
            () -> {
              for (int n = 0; n < 2000; n++) {
                tally.raise(medium, Stores.line((n + writer) % RECORDS), writer);
              }
              return null;
            };
        running.add(threads.submit(task));
      }
    }
    for (Future<?> future : running) {
      future.get();
    }
    threads.shutdown();
    check(tally);
    media.forEach(FileMedium::close);
    assertThat(directory.resolve("tmp").toFile().list()).isEmpty();
  }

  @Test
  void noUpdateIsLostBetweenProcesses() throws Exception {
    Path file = other.resolve("tally");
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    List<ChildJvm> children = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      children.add(
          ChildJvm.start(TallyWriters.class, directory, file, 2 * i, 2, RECORDS, 1500, seed));
    }
    Tally.runToTheEnd(children);
    check(new Tally(file));
    assertThat(directory.resolve("tmp").toFile().list()).isEmpty();
    assertThat(directory.resolve("sessions").toFile().list()).isEmpty();
  }

  /** Pauses at the steps make the rare cases common; sweeps take away whatever they can. */
  @Test
  void noUpdateIsLostHoweverWritersAreHeldUp() throws Exception {
    long seed = Long.getLong("tyer.seed", new Random().nextLong());
    System.out.println("seed " + seed);
    Tally tally = new Tally(other.resolve("tally"));
    Random random = new Random(seed);
    Steps pauses =
        (step, file) -> {
          if (random.nextInt(30) == 0) {
            LockSupport.parkNanos(random.nextInt(3_000_000));
          }
        };
    ExecutorService threads = Executors.newCachedThreadPool();
    List<Future<?>> running = new ArrayList<>();
    List<FileMedium> media = new ArrayList<>();
    for (int writer = 0; writer < 6; writer++) {
      int self = writer;
      FileMedium medium =
          Stores.open(directory, writer < 2 ? Steps.NONE : pauses, Duration.ofMillis(50));
      media.add(medium);
      Callable<Void> task =
          () -> {
            for (int n = 0; n < 1500; n++) {
              tally.raise(medium, Stores.line(n % RECORDS), self);
              if (n % 100 == 0) {
                medium.sweepHints(List.of());
              }
            }
            return null;
          };
      running.add(threads.submit(task));
    }
    for (Future<?> future : running) {
      future.get();
    }
    threads.shutdown();
    check(tally);
    media.forEach(FileMedium::close);
    assertThat(directory.resolve("tmp").toFile().list()).isEmpty();
  }

  private void check(Tally tally) throws Exception {
    List<RecordKey> keys = IntStream.range(0, RECORDS).mapToObj(Stores::line).toList();
    try (FileMedium fresh = Stores.open(directory)) {
      tally.check(fresh, keys);
      for (RecordKey key : keys) {
        assertThat(directory.resolve("lines").resolve(key.id()).toFile().list())
            .hasSizeLessThanOrEqualTo(Pruning.KEPT + 8);
      }
    }
    System.out.printf(
        "%d replacements acknowledged, %d of unknown outcome%n",
        tally.acknowledged(), tally.unknowns());
  }
}
