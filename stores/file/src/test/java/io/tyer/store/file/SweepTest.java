package io.tyer.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tyer.spi.StoreException;
import io.tyer.store.record.RecordKey;
import io.tyer.store.record.Stamped;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SweepTest {

  private static final RecordKey KEY = Stores.line(7);

  @TempDir Path directory;

  @Test
  void onlyWhatIsOldIsSweptAndNothingOfOnesOwn() throws Exception {
    try (FileMedium living = Stores.open(directory);
        FileMedium sweeper = Stores.open(directory)) {
      Stamped newest = Stores.replaced(living, KEY, null, new byte[0]);
      for (int i = 0; i < 10; i++) {
        newest = Stores.replaced(living, KEY, newest, new byte[0]);
        newest = Stores.replaced(sweeper, KEY, newest, new byte[0]);
      }
      Path tmp = directory.resolve("tmp");
      int before = tmp.toFile().list().length;
      assertThat(before).as("drafts that are kept").isGreaterThan(2);
      Path young = Files.createFile(tmp.resolve("00000000000000aa-1"));
      Path old = Files.createFile(tmp.resolve("00000000000000bb-1"));
      Path parcel = Files.createDirectory(tmp.resolve("00000000000000cc-1.new"));
      Files.createFile(parcel.resolve(RecordDirectory.fileName(1)));
      Path marker = Files.createFile(directory.resolve(".tyer-0000000000000000"));
      age(old);
      age(parcel);
      age(marker);
      sweeper.sweepHints(List.of());
      assertThat(young).exists();
      assertThat(old).doesNotExist();
      assertThat(parcel).doesNotExist();
      assertThat(marker).doesNotExist();
      assertThat(tmp.toFile().list()).hasSize(before + 1);
      Files.delete(young);

      // What a client that lives has kept for long is left to it.
      String[] kept = tmp.toFile().list();
      for (String name : kept) {
        age(tmp.resolve(name));
      }
      newest = Stores.replaced(living, KEY, newest, new byte[0]);
      sweeper.sweepHints(List.of());
      assertThat(tmp.toFile().list()).contains(kept);

      // Drafts of a client that was idle for long.
      for (String name : tmp.toFile().list()) {
        age(tmp.resolve(name));
      }
      sweeper.sweepHints(List.of());
      assertThat(tmp.toFile().list().length).isBetween(1, before - 1);
      for (int i = 0; i < 10; i++) {
        newest = Stores.replaced(living, KEY, newest, new byte[] {(byte) i});
        newest = Stores.replaced(sweeper, KEY, newest, new byte[] {(byte) i});
      }
      assertThat(Stores.newest(living, KEY)).matches(newest::same);
    }
    assertThat(directory.resolve("tmp").toFile().list()).isEmpty();
  }

  @Test
  void aDraftThatIsSweptAwayIsWrittenAgain() throws Exception {
    Script script = new Script();
    try (FileMedium slow = Stores.open(directory, script)) {
      Stamped first = Stores.replaced(slow, KEY, null, new byte[0]);
      script.at(
          Steps.Step.WRITTEN,
          () -> {
            for (String name : directory.resolve("tmp").toFile().list()) {
              Files.delete(directory.resolve("tmp").resolve(name));
            }
          });
      Stamped second = Stores.replaced(slow, KEY, first, new byte[] {2});
      assertThat(Stores.newest(slow, KEY)).matches(second::same);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Steps.Step.class,
      names = {"MADE", "WRITTEN"})
  void aRecordThatIsSweptWhileItIsMadeIsMadeAgain(Steps.Step step) throws Exception {
    Script script = new Script();
    try (FileMedium slow = Stores.open(directory, script);
        FileMedium sweeper = Stores.open(directory)) {
      script.at(step, () -> sweepAll(sweeper));
      Stamped made = Stores.replaced(slow, KEY, null, new byte[] {1});
      assertThat(script.isDone()).isTrue();
      assertThat(Stores.newest(sweeper, KEY)).matches(made::same);
      assertThat(directory.resolve("lines/7").toFile().list()).hasSize(1);
    }
    assertThat(directory.resolve("tmp").toFile().list()).isEmpty();
  }

  @Test
  void aRecordThatIsSweptAgainAndAgainIsGivenUpWithoutEffect() throws Exception {
    try (FileMedium sweeper = Stores.open(directory);
        FileMedium slow =
            Stores.open(
                directory,
                (step, file) -> {
                  if (step == Steps.Step.WRITTEN) {
                    sweepAllUnchecked(sweeper);
                  }
                })) {
      assertThatThrownBy(() -> slow.replace(KEY, null, new byte[] {1}))
          .isInstanceOfSatisfying(
              StoreException.class,
              e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.UNREACHABLE))
          .hasMessageContaining(directory.toString());
      assertThat(sweeper.read(KEY)).isNull();
      assertThat(directory.resolve("lines/7")).doesNotExist();
    }
  }

  /** As when the process is stopped between making a probe and looking at it. */
  @Test
  void clocksAndOpeningsBearASweepAtAnyMoment() throws Exception {
    Stores.open(directory).close();
    AtomicBoolean over = new AtomicBoolean();
    AtomicBoolean maySweep = new AtomicBoolean();
    CompletableFuture<Integer> sweeping =
        CompletableFuture.supplyAsync(
            () -> {
              int swept = 0;
              while (!over.get()) {
                for (String name : directory.resolve("tmp").toFile().list()) {
                  if (maySweep.get() && directory.resolve("tmp").resolve(name).toFile().delete()) {
                    maySweep.set(false);
                    swept++;
                  }
                }
                LockSupport.parkNanos(50_000);
              }
              return swept;
            });
    try {
      for (int i = 0; i < 200; i++) {
        maySweep.set(true);
        try (FileMedium medium = Stores.open(directory)) {
          maySweep.set(true);
          Stamped session = Stores.replaced(medium, Stores.session("s" + i), null, new byte[0]);
          assertThat(medium.age(Stores.session("s" + i), session)).isNotNull();
        }
      }
    } finally {
      over.set(true);
    }
    assertThat(sweeping.join()).as("files that were swept").isPositive();
  }

  private void sweepAllUnchecked(FileMedium sweeper) {
    try {
      sweepAll(sweeper);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** Makes everything old, and sweeps. */
  private void sweepAll(FileMedium sweeper) throws Exception {
    for (String name : directory.resolve("tmp").toFile().list()) {
      age(directory.resolve("tmp").resolve(name));
    }
    sweeper.sweepHints(List.of());
  }

  private static void age(Path path) throws Exception {
    Files.setLastModifiedTime(path, FileTime.fromMillis(1_000_000));
  }
}
