package io.tyer.store.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.store.record.RecordKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes killed at random points, each while four threads of it write. */
class KillTest {

  private record Child(ChildJvm jvm, int index) {}

  private static final int FEW = 12;
  private static final int MANY = Integer.getInteger("tyer.kills", 200);
  private static final int THREADS = 4;
  private static final int RECORDS = 3;

  /** Children that write or are starting at the same time. */
  private static final int CHILDREN = 4;

  @TempDir Path directory;
  @TempDir Path other;

  @Test
  void killedWritersLoseNothingAndBlockNobody() throws Exception {
    kill(FEW);
  }

  @Test
  @Tag("full")
  void manyKilledWritersLoseNothingAndBlockNobody() throws Exception {
    kill(MANY);
  }

  private void kill(int kills) throws Exception {
    long seed = Long.getLong("tyer.seed", new Random().nextLong());
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    Path file = other.resolve("tally");
    Tally tally = new Tally(file);
    Deque<Child> starting = new ArrayDeque<>();
    Deque<Child> writing = new ArrayDeque<>();
    try {
      for (int i = 0; i < CHILDREN; i++) {
        starting.add(start(file, i, seed));
      }
      go(starting, writing);
      for (int kill = 0; kill < kills; kill++) {
        go(starting, writing);
        LockSupport.parkNanos(random.nextInt(30_000_000));
        Child dying = writing.remove();
        dying.jvm.kill();
        forget(tally, dying.index);
        starting.add(start(file, dying.index, seed + kill));
      }
    } finally {
      starting.forEach(child -> child.jvm.close());
      writing.forEach(child -> child.jvm.close());
    }
    check(tally, kills);
  }

  private Child start(Path file, int index, long seed) throws Exception {
    int first = index * THREADS;
    return new Child(
        ChildJvm.start(TallyWriters.class, directory, file, first, THREADS, RECORDS, 0, seed),
        index);
  }

  private static void go(Deque<Child> starting, Deque<Child> writing) throws Exception {
    Child next = starting.remove();
    writing.add(next);
    assertThat(next.jvm.line()).isEqualTo("ready");
    next.jvm.tell("go");
  }

  private static void forget(Tally tally, int index) {
    for (int i = 0; i < THREADS; i++) {
      tally.unknown(index * THREADS + i);
    }
  }

  private void check(Tally tally, int kills) throws Exception {
    List<RecordKey> keys = IntStream.range(0, RECORDS).mapToObj(Stores::line).toList();
    try (FileMedium fresh = Stores.open(directory, Steps.NONE, Duration.ZERO)) {
      tally.check(fresh, keys);
      System.out.printf(
          "%d kills, %d replacements acknowledged, %d not known to the dead, left in tmp: %d%n",
          kills,
          tally.acknowledged(),
          tally.unknowns(),
          directory.resolve("tmp").toFile().list().length);
      for (RecordKey key : keys) {
        assertThat(tally.raise(fresh, key, 0)).isTrue();
      }
      for (RecordKey key : fresh.list(RecordKey.Kind.SESSION)) {
        // Readable, or gone at last.
        var session = fresh.read(key);
        assertThat(session == null || fresh.remove(key, session)).isTrue();
      }
      LockSupport.parkNanos(50_000_000);
      for (int i = 0; i < 8; i++) {
        fresh.sweepHints(List.of());
      }
      assertThat(directory.resolve("sessions").toFile().list()).isEmpty();
      for (RecordKey key : keys) {
        assertThat(directory.resolve("lines").resolve(key.id()).toFile().list())
            .hasSizeLessThanOrEqualTo(Pruning.KEPT);
      }
    }
    assertThat(directory.resolve("tmp").toFile().list()).isEmpty();
  }
}
