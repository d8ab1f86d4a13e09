package io.tyer.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tyer.Lease;
import io.tyer.Tyer;
import io.tyer.line.LockName;
import io.tyer.line.SessionId;
import io.tyer.spi.Finding;
import io.tyer.spi.StoreException;
import io.tyer.store.file.Steps.Step;
import io.tyer.store.record.Hint;
import io.tyer.store.record.RecordKey;
import io.tyer.store.record.Stamped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Others may write the store's directory, and put links there that lead to the files of a victim,
 * who runs the client: links of the test's user here, so that it needs no other user.
 */
class HostileDirectoryTest {

  private static final RecordKey LINE = Stores.line(7);

  @TempDir Path base;

  private Path store;
  private Path victim;
  private Map<String, String> before;

  @BeforeEach
  void prepare() throws Exception {
    assumeTrue(
        base.getFileSystem().supportedFileAttributeViews().contains("unix"),
        "skipped: directories have no modes here");
    store = Files.createDirectory(base.resolve("store"));
    Files.setAttribute(store, "unix:mode", 0770);
    victim = Files.createDirectory(base.resolve("victim"));
    Files.setAttribute(victim, "unix:mode", 0700);
    Files.writeString(victim.resolve("letter"), "dear");
    Files.writeString(victim.resolve("hints"), "none");
    Files.writeString(victim.resolve("0123456789abcdef-1"), "like a draft");
    Files.createDirectories(victim.resolve("17"));
    Files.writeString(victim.resolve("17").resolve(RecordDirectory.fileName(1)), "like a version");
    makeOld(victim);
    before = contents();
  }

  @AfterEach
  void nothingOfTheVictimHasChanged() throws Exception {
    if (before != null) {
      assertThat(contents()).isEqualTo(before);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"tmp", "inbox", "sessions", "lines", "shared"})
  void aLinkInPlaceOfAFolderIsRefusedByWhoOpens(String folder) throws Exception {
    Stores.open(store).close();
    replaceByLink(store.resolve(folder), victim);
    // A link has a mode of its own that lets everybody write: that is not what is the matter.
    for (int mode : new int[] {0700, 0755, 0770, 02775}) {
      Files.setAttribute(store, "unix:mode", mode);
      assertRefused(folder, () -> Stores.open(store).close());
    }
  }

  /**
   * Nor does a diagnosis try anything where a link leads: the victim's directory stays untouched.
   */
  @ParameterizedTest
  @ValueSource(strings = {"tmp", "inbox", "sessions", "lines", "shared"})
  void aLinkInPlaceOfAFolderIsAProblemToADiagnosis(String folder) throws Exception {
    Stores.open(store).close();
    replaceByLink(store.resolve(folder), victim);
    for (int mode : new int[] {0700, 0755, 02775}) {
      Files.setAttribute(store, "unix:mode", mode);
      FileTime changed = Files.getLastModifiedTime(victim);
      assertThat(Stores.diagnosis(store).findings())
          .filteredOn(finding -> finding.level() == Finding.Level.PROBLEM)
          .singleElement()
          .satisfies(
              finding -> {
                assertThat(finding.topic()).isEqualTo("links");
                assertThat(finding.text())
                    .contains(store.resolve(folder).toString(), "symbolic link");
              });
      assertThat(Files.getLastModifiedTime(victim)).isEqualTo(changed);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"tmp", "inbox", "sessions", "lines", "shared"})
  void aLinkThatTakesAFoldersPlaceMeanwhileIsRefusedByWhoHasItOpen(String folder) throws Exception {
    try (FileMedium medium = Stores.open(store)) {
      Stamped line = Stores.replaced(medium, LINE, null, new byte[0]);
      Stamped session = Stores.replaced(medium, Stores.session("s"), null, new byte[0]);
      replaceByLink(store.resolve(folder), victim);
      assertRefused(folder, () -> medium.sweepHints(List.of()));
      medium.hint(new Hint(new SessionId(7, 7), LockName.of("a")));
      if (!folder.equals("shared") && !folder.equals("inbox")) {
        boolean sessions = folder.equals("sessions");
        assertRefused(
            folder,
            () ->
                medium.replace(
                    sessions ? Stores.session("s") : LINE, sessions ? session : line, new byte[1]));
        assertRefused(
            folder,
            () ->
                medium.replace(sessions ? Stores.session("t") : Stores.line(8), null, new byte[1]));
      }
      restore(store.resolve(folder));
      assertThat(medium.replace(LINE, line, new byte[] {1})).isNotNull();
      medium.sweepHints(List.of());
    }
  }

  @Test
  void aLinkInPlaceOfARecordIsRefused() throws Exception {
    Path other = Files.createDirectory(base.resolve("other"));
    try (FileMedium medium = Stores.open(other)) {
      Stamped stamped = Stores.replaced(medium, LINE, null, new byte[0]);
      for (int i = 0; i < 10; i++) {
        stamped = Stores.replaced(medium, LINE, stamped, new byte[] {(byte) i});
      }
    }
    Files.move(other.resolve("lines/7"), victim.resolve("7"));
    before = contents();
    try (FileMedium open = Stores.open(store);
        FileMedium sweeper = Stores.open(store)) {
      Stamped known = Stores.replaced(open, LINE, null, new byte[0]);
      Files.move(store.resolve("lines/7"), base.resolve("away"));
      Files.createSymbolicLink(store.resolve("lines/7"), victim.resolve("7"));
      assertRefused("lines/7", () -> open.read(LINE));
      assertRefused("lines/7", () -> open.replace(LINE, known, new byte[1]));
      assertRefused("lines/7", () -> sweeper.read(LINE));
      assertRefused("lines/7", () -> sweeper.replace(LINE, null, new byte[1]));
      for (int i = 0; i < 10; i++) {
        sweeper.sweepHints(List.of());
      }
    }
  }

  /** Numbers are raised in a record of their own. */
  @Test
  void aLinkInPlaceOfTheHighWaterRecordIsRefused() throws Exception {
    try (Tyer tyer = Clients.open(store, Clients.LONG);
        Lease lease = tyer.lock("a").acquire()) {
      assertThat(lease.token()).isPositive();
    }
    Path shared = store.resolve("shared");
    for (String record : shared.toFile().list()) {
      Files.move(shared.resolve(record), base.resolve(record));
      Files.createSymbolicLink(shared.resolve(record), victim.resolve("17"));
    }
    try (Tyer tyer = Clients.open(store, Clients.LONG)) {
      assertThatThrownBy(() -> tyer.lock("never-used").acquire())
          .hasMessageContainingAll(shared.toString(), "symbolic link");
    }
  }

  @Test
  void aLinkInPlaceOfTheMarkerIsRefused() throws Exception {
    Stores.open(store).close();
    replaceByLink(store.resolve(FormatMarker.FILE_NAME), victim.resolve("letter"));
    assertRefused(FormatMarker.FILE_NAME, () -> Stores.open(store).close());
  }

  /** Such a one would have got the rights of the store's directory, or been made by the client. */
  @Test
  void nothingIsMadeThroughALinkThatLeadsNowhere() throws Exception {
    Path nowhere = victim.resolve("new");
    for (String folder : StoreDirectory.FOLDERS) {
      Files.createSymbolicLink(store.resolve(folder), nowhere);
      assertThatThrownBy(() -> Stores.open(store)).hasMessageContaining("symbolic link");
      Files.delete(store.resolve(folder));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aDraftThatIsReplacedByAVictimsFileIsNotWrittenOver(boolean hard) throws Exception {
    try (FileMedium medium = Stores.open(store)) {
      Stamped line = Stores.replaced(medium, LINE, null, new byte[0]);
      for (String name : store.resolve("tmp").toFile().list()) {
        Path draft = store.resolve("tmp").resolve(name);
        Files.delete(draft);
        if (hard) {
          Files.createLink(draft, victim.resolve("letter"));
        } else {
          Files.createSymbolicLink(draft, victim.resolve("letter"));
        }
      }
      for (int i = 0; i < 10; i++) {
        Stamped last = line;
        line = medium.replace(LINE, last, new byte[] {(byte) i});
        assertThat(line).isNotNull();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void hintsAreNotAppendedToAVictimsFileNorIsItCutShort(boolean hard) throws Exception {
    SessionId self = new SessionId(1, 2);
    try (FileMedium medium = Stores.open(store);
        FileMedium other = Stores.open(store);
        AutoCloseable listening = medium.listen(self, hint -> {})) {
      assertThat(listening).isNotNull();
      Path hints = Inbox.fileOf(directory(), self).toPath();
      Files.write(victim.resolve("letter"), new byte[200 << 10]);
      before = contents();
      // At once, since the listener makes another file when its own is gone.
      Path link = base.resolve("link");
      if (hard) {
        Files.createLink(link, victim.resolve("letter"));
      } else {
        Files.createSymbolicLink(link, victim.resolve("letter"));
      }
      Files.move(link, hints, StandardCopyOption.ATOMIC_MOVE);
      other.hint(new Hint(self, LockName.of("a")));
      Files.setLastModifiedTime(victim.resolve("letter"), FileTime.fromMillis(2_000_000));
    }
    before = contents();
    assertThat(Files.size(victim.resolve("letter"))).isEqualTo(200 << 10);
  }

  private StoreDirectory directory() throws StoreException {
    return StoreOpening.open(store, OptionalInt.empty(), Stores.SURROUNDINGS);
  }

  @Test
  void aSweepLeavesWhatNoClientHasMadeAndGoesIntoNothing() throws Exception {
    try (FileMedium medium = Stores.open(store)) {
      Path tmp = store.resolve("tmp");
      Path foreign = Files.writeString(tmp.resolve("Letter.txt"), "x");
      Path tree = Files.createDirectories(tmp.resolve("0123456789abcdef-1.gone/deep/deeper"));
      Path kept = Files.writeString(tree.resolve("letter"), "x");
      Path version =
          Files.writeString(
              tmp.resolve("0123456789abcdef-1.gone").resolve(RecordDirectory.fileName(1)), "x");
      Path link = Files.createSymbolicLink(tmp.resolve("0123456789abcdef-2.gone"), victim);
      Path inner = Files.createDirectory(tmp.resolve("0123456789abcdef-3.gone"));
      Files.createSymbolicLink(inner.resolve(RecordDirectory.fileName(1)), victim);
      Path inbox = Files.createSymbolicLink(store.resolve("inbox/0-0"), victim);
      makeOld(tmp);
      Files.getFileAttributeView(inbox, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
          .setTimes(FileTime.fromMillis(1_000_000), null, null);
      medium.sweepHints(List.of());
      assertThat(foreign).exists();
      assertThat(Files.exists(version)).isFalse();
      assertThat(Files.isSymbolicLink(link)).isFalse();
      assertThat(inner).doesNotExist();
      assertThat(Files.isSymbolicLink(inbox)).isFalse();
      try (Stream<Path> files = Files.walk(tmp)) {
        assertThat(files.anyMatch(each -> each.getFileName().equals(kept.getFileName()))).isTrue();
      }
    }
  }

  /**
   * Directories come and go, with links in between. Java can make directories and hard links by
   * their paths only, so new names of a client's own making may turn up behind the link; nothing
   * there is read for a record, changed or removed.
   */
  @Test
  void whateverIsPutInPlaceOfFoldersMeanwhileNothingOfTheVictimIsTouched() throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    Path link = Files.createSymbolicLink(base.resolve("link"), victim);
    try (FileMedium medium = Stores.open(store)) {
      CompletableFuture<Integer> swapping = CompletableFuture.supplyAsync(() -> swap(link, over));
      for (int i = 0; i < 300; i++) {
        try {
          // Under another name than the victim's: this one may go through the link.
          Files.writeString(store.resolve("tmp").resolve("fedcba9876543210-" + i), "");
          medium.sweepHints(List.of());
          Stamped found = medium.read(LINE);
          found = medium.replace(LINE, found, new byte[] {(byte) i});
          found = medium.read(Stores.session("17"));
          found = medium.replace(Stores.session("17"), found, new byte[] {(byte) i});
          if (found != null) {
            boolean unused = medium.remove(Stores.session("17"), found);
          }
        } catch (StoreException | IOException e) {
          // Refused, or not there at the moment.
        }
      }
      over.set(true);
      assertThat(swapping.join()).as("folders that were replaced").isPositive();
    } finally {
      over.set(true);
    }
    Map<String, String> after = contents();
    assertThat(after).containsAllEntriesOf(before);
    // What may be there beside it is for the user alone to read, as everything in the directory.
    before = after;
  }

  private int swap(Path link, AtomicBoolean over) {
    int swaps = 0;
    while (!over.get()) {
      Path folder = store.resolve(StoreDirectory.FOLDERS.get(swaps++ % 5));
      try {
        Files.move(folder, base.resolve("held"), StandardCopyOption.ATOMIC_MOVE);
        Files.move(link, folder, StandardCopyOption.ATOMIC_MOVE);
        LockSupport.parkNanos(100_000);
        Files.move(folder, link, StandardCopyOption.ATOMIC_MOVE);
        Files.move(base.resolve("held"), folder, StandardCopyOption.ATOMIC_MOVE);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      LockSupport.parkNanos(100_000);
    }
    return swaps;
  }

  @Test
  void aNewRecordThatIsReplacedByALinkWhileItIsMadeIsNotWrittenThere() throws Exception {
    Steps replacing =
        (step, file) -> {
          if (step == Step.MADE) {
            try {
              replaceByLink(file.getParentFile().toPath(), victim);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          }
        };
    try (FileMedium medium = Stores.open(store, replacing)) {
      assertThatThrownBy(() -> medium.replace(LINE, null, new byte[1]))
          .isInstanceOf(StoreException.class);
    }
  }

  /** Only an empty directory of the store is removed, as one that its clients have left behind. */
  @Test
  void anEmptyDirectoryOfTheVictimIsNotRemovedForARecords() throws Exception {
    Files.createDirectory(victim.resolve("7"));
    before = contents();
    Steps replacing =
        (step, file) -> {
          try {
            if (!Files.isSymbolicLink(store.resolve("lines"))) {
              replaceByLink(store.resolve("lines"), victim);
            }
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        };
    try (FileMedium medium = Stores.open(store);
        FileMedium other = Stores.open(store, replacing)) {
      Stamped first = Stores.replaced(medium, LINE, null, new byte[0]);
      Stamped unused = Stores.replaced(medium, LINE, first, new byte[1]);
      assertThatThrownBy(() -> other.read(LINE)).isInstanceOf(StoreException.class);
    }
  }

  @Test
  void hintsOfTheVictimAreNotRemovedForAnInboxThatIsMadeAnew() throws Exception {
    SessionId self = new SessionId(1, 2);
    Path hints = victim.resolve(self.toString()).resolve(Inbox.FILE_NAME);
    Files.createDirectory(hints.getParent());
    Files.writeString(hints, "none");
    before = contents();
    StoreDirectory directory = directory();
    replaceByLink(store.resolve("inbox"), victim);
    Inbox inbox = new Inbox(directory, self, hint -> {});
    assertThatThrownBy(inbox::make).isInstanceOf(IOException.class);
  }

  /** Somebody is as fast as can be in giving the name of a new file to one of the victim's. */
  @Test
  void aNewFileIsWrittenOnlyWhileItIsMade() throws Exception {
    AtomicInteger next = new AtomicInteger(-1);
    AtomicBoolean over = new AtomicBoolean();
    CompletableFuture<Void> replacing =
        CompletableFuture.runAsync(
            () -> {
              while (!over.get()) {
                int i = next.get();
                if (i >= 0 && Files.exists(file(i))) {
                  replaceByHardLink(file(i));
                  next.compareAndSet(i, -1);
                }
              }
            });
    try {
      for (int i = 0; i < 200; i++) {
        Files.createLink(link(file(i)), victim.resolve("letter"));
        next.set(i);
        Rights.PRIVATE.makeFile(file(i), new byte[] {1, 2, 3});
      }
    } finally {
      over.set(true);
      replacing.join();
    }
  }

  private Path file(int i) {
    return store.resolve("file" + i);
  }

  private static Path link(Path file) {
    return Path.of(file + ".link");
  }

  private static void replaceByHardLink(Path file) {
    try {
      Files.move(link(file), file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is removed with a session is found in the store's directory, and nowhere else. */
  @Test
  void aSessionThatIsReplacedByALinkIsRemovedWithoutWhatItLeadsTo() throws Exception {
    try (FileMedium medium = Stores.open(store)) {
      Stamped session = Stores.replaced(medium, Stores.session("s"), null, new byte[0]);
      replaceByLink(store.resolve("sessions/s"), victim.resolve("17"));
      assertRefused("sessions/s", () -> medium.remove(Stores.session("s"), session));
    }
    assertThat(victim.resolve("17").resolve(RecordDirectory.fileName(1))).exists();
  }

  @Test
  void filesAreForTheUserAloneAndNeverForMoreThanTheDirectory() throws Exception {
    for (int mode : new int[] {0700, 0770, 02770, 0750}) {
      Path directory = Files.createDirectory(base.resolve(Integer.toOctalString(mode)));
      Files.setAttribute(directory, "unix:mode", mode);
      try (FileMedium medium = Stores.open(directory)) {
        Stamped stamped = Stores.replaced(medium, LINE, null, new byte[0]);
        assertThat(medium.replace(LINE, stamped, new byte[0])).isNotNull();
        try (AutoCloseable listening = medium.listen(new SessionId(1, 2), hint -> {});
            Stream<Path> files = Files.walk(directory)) {
          assertThat(listening).isNotNull();
          for (Path each : files.toList()) {
            int made = (Integer) Files.getAttribute(each, "unix:mode") & 0777;
            int wanted = Files.isDirectory(each) ? mode & 0777 : mode & 0666;
            assertThat(made).as("%s in %o", each, mode).isEqualTo(wanted);
          }
        }
      }
      assertThat((Integer) Files.getAttribute(directory, "unix:mode") & 07777).isEqualTo(mode);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0777, 01777})
  void aDirectoryThatAnybodyMayWriteIsRefusedUnlessThatIsAskedFor(int mode) throws Exception {
    Files.setAttribute(store, "unix:mode", mode);
    assertThatThrownBy(() -> Tyer.open("file:" + store))
        .hasMessageContainingAll(store.toString(), "anybody", "chmod 2770", "sticky");
    assertThat(store).isEmptyDirectory();
    Tyer.open("file:" + store + "?anybody=true").close();
    assertThatThrownBy(() -> Tyer.open("file:" + store)).hasMessageContaining("anybody");
    // One in it that is made by a client is for its user only.
    Tyer.open("file:" + store + "/mine").close();
    assertThat((Integer) Files.getAttribute(store.resolve("mine"), "unix:mode") & 07777)
        .isEqualTo(0700);
    assertThat((Integer) Files.getAttribute(store, "unix:mode") & 07777).isEqualTo(mode);
  }

  private interface Call {
    void run() throws Exception;
  }

  private void assertRefused(String name, Call call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.REFUSED))
        .hasMessageContainingAll(store.resolve(name).toString(), "symbolic link");
  }

  private void replaceByLink(Path path, Path target) throws IOException {
    Files.move(path, base.resolve("away"));
    Files.createSymbolicLink(path, target);
  }

  private void restore(Path path) throws Exception {
    Files.delete(path);
    Files.move(base.resolve("away"), path);
  }

  private static void makeOld(Path top) throws Exception {
    try (Stream<Path> files = Files.walk(top)) {
      for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
        if (!Files.isSymbolicLink(each)) {
          Files.setLastModifiedTime(each, FileTime.fromMillis(1_000_000));
        } else {
          Files.getFileAttributeView(each, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
              .setTimes(FileTime.fromMillis(1_000_000), null, null);
        }
      }
    }
  }

  /** Names, modes, times and contents. */
  private Map<String, String> contents() throws Exception {
    Map<String, String> all = new TreeMap<>();
    Files.walkFileTree(
        victim,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            all.put(
                file.toString(),
                Files.getAttribute(file, "unix:mode")
                    + " "
                    + attributes.lastModifiedTime()
                    + " "
                    + Arrays.hashCode(Files.readAllBytes(file)));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult preVisitDirectory(Path each, BasicFileAttributes attributes)
              throws IOException {
            all.put(each.toString(), String.valueOf(Files.getAttribute(each, "unix:mode")));
            return FileVisitResult.CONTINUE;
          }
        });
    return all;
  }
}
