package io.tyer.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tyer.spi.StoreException;
import io.tyer.store.file.Steps.Step;
import io.tyer.store.record.RecordKey;
import io.tyer.store.record.Stamped;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A slow client is held up at each step while a fast one goes on. Whatever the slow one is told
 * must be true, and the fast one and a newcomer must see nothing of it.
 */
class SlowWriterTest {

  private static final RecordKey KEY = Stores.line(7);
  private static final RecordKey SESSION = Stores.session("abc");

  @TempDir Path directory;

  private final Script script = new Script();
  private FileMedium slow;
  private FileMedium fast;

  @BeforeEach
  void open() throws Exception {
    slow = Stores.open(directory, script);
    fast = Stores.open(directory);
  }

  @AfterEach
  void close() {
    assertThat(script.isDone()).as("the step was reached").isTrue();
    slow.close();
    fast.close();
    assertThat(directory.resolve("tmp").toFile().list()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 10, 300})
  void aReplacementHeldUpBeforeItsLinkFailsHoweverFarOthersWent(int further) throws Exception {
    Stamped old = grow(KEY, 11);
    assertThat(slow.read(KEY)).matches(old::same);
    script.at(Step.WRITTEN, () -> grow(KEY, 11 + further));
    assertThat(slow.replace(KEY, old, bytes("slow"))).isNull();
    assertNewest(KEY, 11 + further);
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 9, 300})
  void aBogusVersionMisleadsNobodyWhileItIsThere(int further) throws Exception {
    Stamped old = grow(KEY, 11);
    FileMedium reader = Stores.open(directory);
    FileMedium late = Stores.open(directory);
    reader.read(KEY);
    script.at(Step.WRITTEN, () -> grow(KEY, 11 + further));
    script.at(
        Step.LINKED,
        () -> {
          assertThat(files(KEY)).as("the bogus version").contains(name(12));
          assertNewest(KEY, 11 + further, reader);
          grow(KEY, 11 + further + 1);
          assertNewest(KEY, 11 + further + 1, reader);
        });
    script.at(Step.DISCOUNTED, () -> assertNewest(KEY, 11 + further + 1, late));
    assertThat(slow.replace(KEY, old, bytes("slow"))).isNull();
    assertNewest(KEY, 11 + further + 1);
    assertThat(files(KEY)).doesNotContain(name(12)).hasSize(Pruning.KEPT);
    reader.close();
    late.close();
  }

  @Test
  void aReaderThatRemembersTheRealVersionIsNotMisledByTheBogusOneOfThatNumber() throws Exception {
    Stamped eleventh = grow(KEY, 11);
    FileMedium reader = Stores.open(directory);
    script.at(
        Step.WRITTEN,
        () -> {
          grow(KEY, 12);
          assertNewest(KEY, 12, reader);
          grow(KEY, 20);
        });
    script.at(
        Step.LINKED,
        () -> {
          assertThat(files(KEY)).contains(name(12)).doesNotContain(name(11), name(13));
          assertNewest(KEY, 20, reader);
        });
    assertThat(slow.replace(KEY, eleventh, bytes("slow"))).isNull();
    reader.close();
  }

  @Test
  void aWriterThatRemembersTheRealVersionDoesNotBuildOnTheBogusOne() throws Exception {
    Stamped eleventh = grow(KEY, 11);
    FileMedium third = Stores.open(directory);
    AtomicReference<Stamped> twelfth = new AtomicReference<>();
    script.at(
        Step.WRITTEN,
        () -> {
          grow(KEY, 12);
          twelfth.set(Stores.newest(third, KEY));
          grow(KEY, 20);
        });
    script.at(
        Step.LINKED,
        () -> {
          assertThat(files(KEY)).contains(name(12)).doesNotContain(name(11), name(13));
          assertThat(third.replace(KEY, twelfth.get(), bytes("third"))).isNull();
        });
    assertThat(slow.replace(KEY, eleventh, bytes("slow"))).isNull();
    assertNewest(KEY, 20);
    third.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 100, 255})
  void aVersionOnWhichOthersWentOnCountsHoweverLateItsWriterLooks(int further) throws Exception {
    Stamped old = grow(KEY, 11);
    script.at(Step.LINKED, () -> grow(KEY, 12 + further));
    Stamped written = slow.replace(KEY, old, bytes("slow"));
    assertThat(written).isNotNull();
    assertThat(written.version()).isEqualTo(12);
    assertNewest(KEY, 12 + further);
  }

  @Test
  void aVersionThatOthersLeftTooFarBehindIsOfUnknownOutcome() throws Exception {
    Stamped old = grow(KEY, 11);
    script.at(Step.LINKED, () -> grow(KEY, 12 + Version.ANCESTORS + 1));
    assertThatThrownBy(() -> slow.replace(KEY, old, bytes("slow")))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.UNKNOWN));
  }

  @Test
  void aCreationHeldUpFailsOnceSomebodyElseHasMadeTheRecord() throws Exception {
    script.at(Step.WRITTEN, () -> grow(KEY, 1));
    assertThat(slow.replace(KEY, null, bytes("slow"))).isNull();
    assertNewest(KEY, 1);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4, 5, 20})
  void aCreationHeldUpFailsHoweverFarOthersWent(int further) throws Exception {
    script.at(Step.WRITTEN, () -> grow(KEY, further));
    assertThat(slow.replace(KEY, null, bytes("slow"))).isNull();
    assertNewest(KEY, further);
  }

  @Test
  void aReplacementHeldUpFailsWhenTheSessionWasRemovedAndLeavesNothing() throws Exception {
    Stamped old = grow(SESSION, 3);
    slow.read(SESSION);
    script.at(Step.WRITTEN, () -> assertThat(fast.remove(SESSION, old)).isTrue());
    assertThat(slow.replace(SESSION, old, bytes("slow"))).isNull();
    assertGone();
  }

  @Test
  void aReplacementWhoseSessionWasRemovedMeanwhileIsOfUnknownOutcome() throws Exception {
    Stamped old = grow(SESSION, 3);
    script.at(
        Step.LINKED, () -> assertThat(fast.remove(SESSION, Stores.newest(fast, SESSION))).isTrue());
    assertThatThrownBy(() -> slow.replace(SESSION, old, bytes("slow")))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.UNKNOWN));
    assertGone();
  }

  @Test
  void aRemovalHeldUpFailsWhenTheSessionHasBeaten() throws Exception {
    Stamped old = grow(SESSION, 3);
    script.at(Step.WRITTEN, () -> grow(SESSION, 4));
    assertThat(slow.remove(SESSION, old)).isFalse();
    assertNewest(SESSION, 4);
    script.at(Step.WRITTEN, () -> grow(SESSION, 20));
    assertThat(slow.remove(SESSION, Stores.newest(fast, SESSION))).isFalse();
    assertNewest(SESSION, 20);
  }

  @Test
  void aRemovalIsDecidedBeforeItIsDone() throws Exception {
    Stamped old = grow(SESSION, 3);
    script.at(
        Step.REMOVING,
        () -> {
          assertThat(fast.replace(SESSION, old, bytes("beat"))).isNull();
          assertGone();
        });
    assertThat(slow.remove(SESSION, old)).isTrue();
    assertGone();
  }

  @Test
  void aReaderHeldUpFindsTheNewest() throws Exception {
    grow(KEY, 11);
    script.at(Step.READ, () -> grow(KEY, 20));
    assertThat(Stores.newest(slow, KEY).version()).isEqualTo(20);
    grow(KEY, 21);
    script.at(Step.READ, () -> grow(KEY, 30));
    assertThat(Stores.newest(slow, KEY).version()).isEqualTo(30);
  }

  @Test
  void severalRemoveOldVersionsAtOnce() throws Exception {
    Stamped old = grow(KEY, 11);
    script.at(
        Step.PRUNING,
        () -> {
          grow(KEY, 13);
          assertThat(files(KEY)).containsExactly(name(11), name(12), name(13));
        });
    assertThat(Stores.replaced(slow, KEY, old, bytes("slow")).version()).isEqualTo(12);
    assertThat(files(KEY)).containsExactly(name(11), name(12), name(13));
    assertNewest(KEY, 13);
  }

  @Test
  void aWriterHeldUpBeforeItRemovesOldVersionsLetsNobodySkipThem() throws Exception {
    Stamped old = grow(KEY, 11);
    FileMedium slower = Stores.open(directory);
    assertThat(slower.read(KEY)).matches(old::same);
    // Version 9 is not removed by the slow writer now; were 10 removed first, a writer that still
    // believes in 9 could link 10 and find 9 in place.
    script.at(
        Step.COUNTED,
        () -> {
          fast.read(KEY);
          grow(KEY, 13);
          assertThat(files(KEY)).containsExactly(name(11), name(12), name(13));
        });
    assertThat(Stores.replaced(slow, KEY, old, bytes("slow")).version()).isEqualTo(12);
    assertThat(files(KEY)).containsExactly(name(11), name(12), name(13));
    slower.close();
  }

  /** The fast client goes on to this version. */
  private Stamped grow(RecordKey key, int version) throws Exception {
    Stamped newest = fast.read(key);
    while (newest == null || newest.version() < version) {
      long next = newest == null ? 1 : newest.version() + 1;
      newest = fast.replace(key, newest, bytes("fast " + next));
      assertThat(newest).isNotNull();
    }
    return newest;
  }

  private void assertNewest(RecordKey key, int version) throws Exception {
    try (FileMedium newcomer = Stores.open(directory)) {
      assertNewest(key, version, newcomer);
    }
    assertNewest(key, version, fast);
  }

  private static void assertNewest(RecordKey key, int version, FileMedium medium) throws Exception {
    Stamped newest = medium.read(key);
    assertThat(newest).isNotNull();
    assertThat(newest.version()).isEqualTo(version);
    assertThat(newest.content()).isEqualTo(bytes("fast " + version));
  }

  private void assertGone() throws Exception {
    try (FileMedium newcomer = Stores.open(directory)) {
      assertThat(newcomer.read(SESSION)).isNull();
    }
    assertThat(directory.resolve("sessions").toFile().list()).isEmpty();
  }

  private String[] files(RecordKey key) {
    String[] names = directory.resolve("lines").resolve(key.id()).toFile().list();
    Arrays.sort(names);
    return names;
  }

  private static String name(int version) {
    return RecordDirectory.fileName(version);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
