package io.tyer.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tyer.line.LockName;
import io.tyer.line.SessionId;
import io.tyer.spi.StoreException;
import io.tyer.store.record.Hint;
import io.tyer.store.record.RecordKey;
import io.tyer.store.record.Stamped;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What RecordMedium promises, without anybody's interference. */
class FileMediumTest {

  private static final RecordKey KEY = Stores.line(7);
  private static final RecordKey SESSION = Stores.session("0123456789abcdef0123456789abcdef");

  @TempDir Path directory;

  private FileMedium medium;
  private FileMedium other;

  @BeforeEach
  void open() throws Exception {
    medium = Stores.open(directory);
    other = Stores.open(directory);
  }

  @AfterEach
  void close() {
    medium.close();
    other.close();
    assertThat(directory.resolve("tmp").toFile().list()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void aRecordIsMadeOnceAndThenReplaced(RecordKey.Kind kind) throws Exception {
    RecordKey key = new RecordKey(kind, "a-1");
    assertThat(medium.read(key)).isNull();
    Stamped first = Stores.replaced(medium, key, null, new byte[] {1});
    assertThat(first.version()).isEqualTo(1);
    assertThat(medium.replace(key, null, new byte[] {2})).isNull();
    assertThat(other.replace(key, null, new byte[] {2})).isNull();
    assertThat(Stores.newest(other, key)).matches(first::same);
    assertThat(Stores.newest(other, key).content()).containsExactly(1);

    Stamped second = Stores.replaced(other, key, first, new byte[] {2});
    assertThat(second.version()).isEqualTo(2);
    assertThat(medium.replace(key, first, new byte[] {3})).isNull();
    assertThat(Stores.newest(medium, key)).matches(second::same);
    assertThat(medium.list(kind)).containsExactly(key);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3000, 4096, 5000, 65_536, 1_000_000})
  void contentOfAnySizeIsKept(int size) throws Exception {
    Stamped newest = null;
    for (int i = 0; i < 6; i++) {
      byte[] content = new byte[i % 2 == 0 ? size : 10];
      Arrays.fill(content, (byte) i);
      newest = Stores.replaced(medium, KEY, newest, content);
      assertThat(Stores.newest(other, KEY).content()).isEqualTo(content);
      try (FileMedium fresh = Stores.open(directory)) {
        assertThat(Stores.newest(fresh, KEY).content()).isEqualTo(content);
      }
    }
  }

  @Test
  void contentThatIsTooLargeIsRefused() {
    assertThatThrownBy(() -> medium.replace(KEY, null, new byte[VersionFile.MAX_CONTENT + 1]))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("too large")
        .hasMessageContaining(directory.toString());
  }

  @Test
  void aVersionOfAnotherNonceIsNotReplaced() throws Exception {
    Stamped first = Stores.replaced(medium, KEY, null, new byte[0]);
    Stamped forged = new Stamped(1, first.nonce() + 1, new byte[0]);
    assertThat(medium.replace(KEY, forged, new byte[0])).isNull();
    assertThat(other.replace(KEY, forged, new byte[0])).isNull();
    assertThat(Stores.newest(other, KEY)).matches(first::same);
  }

  @Test
  void onlyTheNewestVersionsAreKept() throws Exception {
    Stamped newest = null;
    for (int i = 0; i < 50; i++) {
      newest = Stores.replaced(i % 3 == 0 ? other : medium, KEY, newest, new byte[] {(byte) i});
      assertThat(directory.resolve("lines/7").toFile().list())
          .hasSize(Math.min(i + 1, Pruning.KEPT));
    }
  }

  @Test
  void aSessionIsRemovedForGood() throws Exception {
    Stamped first = Stores.replaced(medium, SESSION, null, new byte[0]);
    Stamped second = Stores.replaced(medium, SESSION, first, new byte[0]);
    assertThat(other.remove(SESSION, first)).isFalse();
    assertThat(other.remove(SESSION, second)).isTrue();
    assertThat(medium.read(SESSION)).isNull();
    assertThat(other.read(SESSION)).isNull();
    assertThat(medium.remove(SESSION, second)).isFalse();
    assertThat(medium.replace(SESSION, second, new byte[0])).isNull();
    assertThat(medium.list(RecordKey.Kind.SESSION)).isEmpty();
    assertThat(directory.resolve("sessions").toFile().list()).isEmpty();
  }

  @Test
  void onlySessionsAreRemoved() throws Exception {
    Stamped line = Stores.replaced(medium, KEY, null, new byte[0]);
    assertThatThrownBy(() -> medium.remove(KEY, line)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "..", "a/b", "A", "a.b", "ä", "a b"})
  void anIdThatCouldNameAnotherFileIsRefused(String id) {
    assertThatThrownBy(() -> medium.read(Stores.session(id)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void ageIsThatOfTheNewestVersionOnly() throws Exception {
    Stamped first = Stores.replaced(medium, SESSION, null, new byte[0]);
    LockSupport.parkNanos(300_000_000);
    assertThat(age(other, first)).isBetween(Duration.ofMillis(250), Duration.ofMinutes(1));
    long began = System.nanoTime();
    Stamped second = Stores.replaced(medium, SESSION, first, new byte[0]);
    Duration found = age(other, second);
    // Counted from its own writing, as exactly as files are stamped, and not from the first one's.
    assertThat(found).isLessThan(Duration.ofNanos(System.nanoTime() - began).plusMillis(200));
    assertThat(other.age(SESSION, first)).isNull();
    assertThat(medium.age(SESSION, first)).isNull();
    assertThat(medium.remove(SESSION, second)).isTrue();
    assertThat(other.age(SESSION, second)).isNull();
  }

  private static Duration age(FileMedium medium, Stamped version) throws StoreException {
    return Objects.requireNonNull(medium.age(SESSION, version));
  }

  @Test
  void aNameHasTheSameHomeForAllAndNamesAreSpread() {
    Set<RecordKey> homes = new HashSet<>();
    for (int i = 0; i < 5000; i++) {
      LockName name = LockName.of("orders/" + i + "/\n\u0000💡");
      RecordKey home = medium.home(name);
      assertThat(other.home(name)).isEqualTo(home);
      homes.add(home);
    }
    assertThat(homes).hasSize(StoreDirectory.DEFAULT_BUCKETS);
    // CRC32C, modulo 256: part of the format.
    assertThat(medium.home(LockName.of("123456789"))).isEqualTo(Stores.line(0xe3069283 & 255));
  }

  @Test
  void interruptsAreIgnoredAndKept() throws Exception {
    Thread.currentThread().interrupt();
    Stamped newest = null;
    for (int i = 0; i < 10; i++) {
      newest = Stores.replaced(medium, SESSION, newest, new byte[] {(byte) i});
      assertThat(Stores.newest(other, SESSION)).matches(newest::same);
    }
    assertThat(other.age(SESSION, Objects.requireNonNull(newest))).isNotNull();
    assertThat(other.remove(SESSION, newest)).isTrue();
    try (FileMedium fresh = Stores.open(directory)) {
      assertThat(fresh.list(RecordKey.Kind.SESSION)).isEmpty();
      AutoCloseable listening = fresh.listen(new SessionId(1, 1), name -> {});
      fresh.hint(new Hint(new SessionId(1, 1), LockName.of("a")));
      fresh.sweepHints(List.of());
      listening.close();
    }
    assertThat(Thread.interrupted()).isTrue();
  }

  /** An interrupt closes a file that is just being written, so that it has to be made again. */
  @Test
  void interruptsWhileNewFilesAreWrittenAreIgnored() throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    Thread writer = Thread.currentThread();
    CompletableFuture<Void> interrupting =
        CompletableFuture.runAsync(
            () -> {
              for (int i = 0; i < 2000 && !over.get(); i++) {
                writer.interrupt();
                LockSupport.parkNanos(100_000);
              }
            });
    byte[] large = new byte[500_000];
    try {
      for (int i = 0; i < 50; i++) {
        RecordKey key = Stores.session("s" + i);
        Stamped first = Stores.replaced(medium, key, null, large);
        Stamped second = Stores.replaced(medium, key, first, large);
        assertThat(Stores.newest(other, key)).matches(second::same);
        assertThat(medium.remove(key, second)).isTrue();
      }
    } finally {
      over.set(true);
      boolean unused = Thread.interrupted();
      interrupting.join();
      unused = Thread.interrupted();
    }
  }
}
