package io.tyer.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tyer.store.file.Script.Death;
import io.tyer.store.file.Steps.Step;
import io.tyer.store.record.RecordKey;
import io.tyer.store.record.Stamped;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A client dies at each step; the next one goes on, and a sweep removes what was left. */
class CrashTest {

  private static final RecordKey KEY = Stores.line(7);
  private static final RecordKey SESSION = Stores.session("abc");

  @TempDir Path directory;

  private final Script script = new Script();

  @ParameterizedTest
  @EnumSource(
      value = Step.class,
      names = {"WRITTEN", "LINKED", "COUNTED", "PRUNING"})
  void aReplacementHasHappenedOrNot(Step step) throws Exception {
    FileMedium dying = Stores.open(directory, script);
    Stamped newest = grow(dying, KEY, 11);
    script.dieAt(step);
    assertThatThrownBy(() -> dying.replace(KEY, newest, new byte[] {12})).isInstanceOf(Death.class);
    try (FileMedium next = Stores.open(directory, Steps.NONE, Duration.ZERO)) {
      int reached = step == Step.WRITTEN ? 11 : 12;
      assertThat(Stores.newest(next, KEY).version()).isEqualTo(reached);
      assertThat(Stores.newest(next, KEY).content()).isEqualTo(new byte[] {(byte) reached});
      grow(next, KEY, reached + 1);
      assertThat(directory.resolve("lines/7").toFile().list()).hasSize(Pruning.KEPT);
      sweep(next);
    }
    assertThat(directory.resolve("tmp").toFile().list()).isEmpty();
  }

  @Test
  void aBogusVersionOfADeadWriterMisleadsNobodyAndIsSwept() throws Exception {
    FileMedium dying = Stores.open(directory, script);
    try (FileMedium next = Stores.open(directory, Steps.NONE, Duration.ZERO)) {
      Stamped old = grow(next, KEY, 11);
      script.at(Step.WRITTEN, () -> grow(next, KEY, 20));
      script.dieAt(Step.LINKED);
      assertThatThrownBy(() -> dying.replace(KEY, old, new byte[0])).isInstanceOf(Death.class);
      assertThat(directory.resolve("lines/7").resolve(RecordDirectory.fileName(12))).exists();
      try (FileMedium newcomer = Stores.open(directory)) {
        assertThat(Stores.newest(newcomer, KEY).version()).isEqualTo(20);
      }
      assertThat(Stores.newest(next, KEY).version()).isEqualTo(20);
      assertThat(Stores.newest(dying, KEY).version()).isEqualTo(20);
      grow(next, KEY, 21);
      sweep(next);
      assertThat(directory.resolve("lines/7").toFile().list()).hasSize(Pruning.KEPT);
    }
    assertThat(directory.resolve("tmp").toFile().list()).isEmpty();
  }

  @Test
  void aCreationHasHappenedOrNot() throws Exception {
    FileMedium dying = Stores.open(directory, script);
    script.dieAt(Step.WRITTEN);
    assertThatThrownBy(() -> dying.replace(KEY, null, new byte[0])).isInstanceOf(Death.class);
    try (FileMedium next = Stores.open(directory, Steps.NONE, Duration.ZERO)) {
      assertThat(next.read(KEY)).isNull();
      assertThat(next.list(RecordKey.Kind.LINES)).isEmpty();
      grow(next, KEY, 1);
      sweep(next);
    }
    assertThat(directory.resolve("tmp").toFile().list()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = Step.class,
      names = {"WRITTEN", "LINKED", "COUNTED", "REMOVING"})
  void aRemovalHasHappenedOrNot(Step step) throws Exception {
    FileMedium dying = Stores.open(directory, script);
    Stamped newest = grow(dying, SESSION, 5);
    script.dieAt(step);
    assertThatThrownBy(() -> dying.remove(SESSION, newest)).isInstanceOf(Death.class);
    try (FileMedium next = Stores.open(directory, Steps.NONE, Duration.ZERO)) {
      if (step == Step.WRITTEN) {
        assertThat(next.read(SESSION)).matches(newest::same);
        assertThat(next.remove(SESSION, newest)).isTrue();
      } else {
        assertThat(next.replace(SESSION, newest, new byte[0])).isNull();
        assertThat(next.remove(SESSION, newest)).isFalse();
      }
      assertThat(next.read(SESSION)).isNull();
      assertThat(next.list(RecordKey.Kind.SESSION)).isEmpty();
      sweep(next);
    }
    assertThat(directory.resolve("tmp").toFile().list()).isEmpty();
  }

  private static void sweep(FileMedium medium) throws Exception {
    LockSupport.parkNanos(30_000_000);
    for (int i = 0; i < 8; i++) {
      medium.sweepHints(List.of());
    }
  }

  private static Stamped grow(FileMedium medium, RecordKey key, int version) throws Exception {
    Stamped newest = medium.read(key);
    while (newest == null || newest.version() < version) {
      int next = newest == null ? 1 : (int) newest.version() + 1;
      newest = medium.replace(key, newest, new byte[] {(byte) next});
      assertThat(newest).isNotNull();
    }
    return newest;
  }
}
