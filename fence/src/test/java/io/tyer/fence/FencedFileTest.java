package io.tyer.fence;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tyer.Lease;
import io.tyer.StoreUnreachableException;
import io.tyer.Tyer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(180)
class FencedFileTest {

  @TempDir Path directory;
  private Path path;
  private FencedFile file;

  @BeforeEach
  void inAnEmptyDirectory() {
    path = directory.resolve("report.csv");
    file = new FencedFile(path);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  @Test
  void aSmallerTokenDoesNotReplaceIt() throws Exception {
    assertThat(file.newest()).isEmpty();
    file.replace(7, bytes("seven"));
    file.replace(7, bytes("seven again"));
    file.replace(9, bytes("nine"));
    assertThatThrownBy(() -> file.replace(8, bytes("eight")))
        .isInstanceOfSatisfying(
            StaleTokenException.class,
            stale -> {
              assertThat(stale.resource()).isEqualTo(path.toString());
              assertThat(stale.newest()).hasValue(9);
            });
    assertThat(path).hasContent("nine");
    assertThat(file.newest()).hasValue(9);
    assertThat(directory.resolve("report.csv.fence")).hasContent("0000000000000000009\n");
    try (Stream<Path> left = Files.list(directory)) {
      assertThat(left.map(one -> String.valueOf(one.getFileName())))
          .containsExactlyInAnyOrder("report.csv", "report.csv.fence", "report.csv.fence-lock");
    }
  }

  @Test
  void aFileThatWasThereBeforeIsReplacedAndAnEmptyOneIsContent() throws Exception {
    Files.writeString(path, "from elsewhere");
    file.replace(1, new byte[0]);
    assertThat(path).isEmptyFile();
  }

  @Test
  void aCrashBeforeTheContentIsReplacedLeavesTheOldOneAndLetsNoOlderTokenIn() throws Exception {
    file.replace(7, bytes("seven"));
    // What is on the disk then: the draft, and the token.
    Files.writeString(directory.resolve("report.csv.fence-draft"), "half of ni");
    Files.writeString(directory.resolve("report.csv.fence"), "0000000000000000009\n");
    assertThat(path).hasContent("seven");
    assertThatThrownBy(() -> file.replace(8, bytes("eight")))
        .isInstanceOf(StaleTokenException.class);
    file.replace(9, bytes("9"));
    assertThat(path).hasContent("9");
  }

  @Test
  void whatIsNoTokenIsSaidSoAndNothingIsReplaced() throws Exception {
    file.replace(7, bytes("seven"));
    for (String damaged :
        List.of("x", "0000000000000000007", "9999999999999999999\n", "7\n", "1".repeat(2_000))) {
      Files.writeString(directory.resolve("report.csv.fence"), damaged);
      assertThatThrownBy(() -> file.replace(8, bytes("eight")))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("should hold the largest fencing token seen");
      assertThatThrownBy(file::newest).isInstanceOf(IOException.class);
    }
    assertThat(path).hasContent("seven");
  }

  @Test
  void writersComeOneAfterTheOtherAndTheLargestTokenIsTheLast() throws Exception {
    AtomicLong tokens = new AtomicLong();
    List<CompletableFuture<Void>> writers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      writers.add(
          Background.run(
              () -> {
                FencedFile own = new FencedFile(path);
                for (int j = 0; j < 50; j++) {
                  long token = tokens.incrementAndGet();
                  if (OtherProcess.replace(own, token)) {
                    assertThat(Long.parseLong(Files.readString(path)))
                        .isGreaterThanOrEqualTo(token);
                  }
                }
              }));
    }
    for (CompletableFuture<Void> writer : writers) {
      writer.get(50, TimeUnit.SECONDS);
    }
    assertThat(path).hasContent("200");
    assertThat(file.newest()).hasValue(200);
  }

  @Test
  void whileAnotherProcessIsPausedInAReplacementOthersWaitForSoLongOnly() throws Exception {
    file.replace(7, bytes("seven"));
    try (OtherProcess other = OtherProcess.locking(directory.resolve("report.csv.fence-lock"))) {
      FencedFile impatient = new FencedFile(path, Duration.ofMillis(200));
      assertThatThrownBy(() -> impatient.replace(8, bytes("eight")))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("locked for PT0.2S");
      CompletableFuture<Void> patient = Background.run(() -> file.replace(8, bytes("eight")));
      other.kill();
      patient.get(60, TimeUnit.SECONDS);
    }
    assertThat(path).hasContent("eight");
  }

  @Test
  void anInterruptEndsTheWait() throws Exception {
    file.replace(7, bytes("seven"));
    try (OtherProcess other = OtherProcess.locking(directory.resolve("report.csv.fence-lock"))) {
      CompletableFuture<Throwable> ended = new CompletableFuture<>();
      Thread waiting =
          new Thread(
              () -> {
                try {
                  file.replace(8, bytes("eight"));
                  ended.complete(new AssertionError("replaced"));
                } catch (IOException | InterruptedException e) {
                  ended.complete(e);
                }
              });
      waiting.start();
      // Most likely it waits by now; an interrupt that comes sooner has to end it, too.
      TimeUnit.MILLISECONDS.sleep(100);
      waiting.interrupt();
      assertThat(ended.get(60, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
      other.kill();
    }
    assertThat(path).hasContent("seven");
  }

  /** Closing any descriptor of a locked file gives up the process's lock on many systems. */
  @Test
  void nothingThatThisProcessDoesMeanwhileGivesItsLockUp() throws Exception {
    file.replace(7, bytes("seven"));
    Path alias = Files.createSymbolicLink(directory.resolve("alias"), directory);
    Path lock = directory.toRealPath().resolve("report.csv.fence-lock");
    try (FileTurn turn = FileTurn.take(lock, Duration.ofSeconds(1))) {
      assertThat(turn).isNotNull();
      assertThat(file.newest()).hasValue(7);
      for (Path same :
          List.of(path, alias.resolve("report.csv"), directory.resolve("./report.csv"))) {
        FencedFile impatient = new FencedFile(same, Duration.ofMillis(50));
        assertThatThrownBy(() -> impatient.replace(8, bytes("eight")))
            .isInstanceOf(IOException.class)
            .hasMessageContaining("others kept");
      }
      assertThat(OtherProcess.couldLock(lock)).isFalse();
    }
    assertThat(OtherProcess.couldLock(lock)).isTrue();
  }

  @Test
  void twoProcessesReplaceItAndTheLargestTokenIsTheLast() throws Exception {
    try (OtherProcess other = OtherProcess.replacing(path)) {
      for (int token = 2; token <= 100; token += 2) {
        long before = file.newest().orElse(0);
        boolean replaced = OtherProcess.replace(file, token);
        assertThat(Long.parseLong(Files.readString(path)))
            .isGreaterThanOrEqualTo(replaced ? token : before);
      }
      assertThat(other.exit()).isZero();
    }
    assertThat(path).hasContent("100");
    assertThat(file.newest()).hasValue(100);
  }

  @Test
  void theTokenIsRememberedBeforeTheContentIsReplaced() throws Exception {
    Files.createDirectories(path.resolve("in the way"));
    assertThatThrownBy(() -> file.replace(9, bytes("nine"))).isInstanceOf(IOException.class);
    assertThat(file.newest()).hasValue(9);
    assertThat(directory.resolve("report.csv.fence-draft")).doesNotExist();
  }

  @Test
  void permissionsStayAndNobodySeesTheDraftWhoMayNotSeeTheFile() throws Exception {
    Files.writeString(path, "secret");
    for (String permissions : List.of("rw-------", "rw-rw-rw-")) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
      file.replace(1, bytes("secret, too"));
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
          .isEqualTo(permissions);
    }
  }

  @Test
  void whatASymbolicLinkLeadsToIsReplacedUnderOneFence() throws Exception {
    file.replace(9, bytes("nine"));
    Path link = Files.createSymbolicLink(directory.resolve("link.csv"), path);
    FencedFile linked = new FencedFile(link);
    assertThatThrownBy(() -> linked.replace(5, bytes("five")))
        .isInstanceOf(StaleTokenException.class);
    linked.replace(10, bytes("ten"));
    assertThat(link).isSymbolicLink().hasContent("ten");
    assertThat(path).hasContent("ten");
  }

  @Test
  void aDraftThatLeadsElsewhereHarmsNobody() throws Exception {
    Path victim = Files.writeString(directory.resolve("victim"), "mine");
    Path planted = Files.createSymbolicLink(directory.resolve("report.csv.fence-draft"), victim);
    file.replace(1, bytes("one"));
    assertThat(victim).hasContent("mine");
    assertThat(path).hasContent("one").isRegularFile();
    assertThat(planted).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {".fence", ".fence-lock", ".version-lock"})
  void aLinkInPlaceOfAFileBesideItIsRefused(String suffix) throws Exception {
    Path victim = Files.writeString(directory.resolve("victim"), "0000000000000000001\n");
    Path nowhere = directory.resolve("nowhere");
    for (Path target : List.of(victim, nowhere)) {
      Path planted = Files.createSymbolicLink(directory.resolve("report.csv" + suffix), target);
      if (suffix.startsWith(".version")) {
        FileVersioned<String> versioned = new FileVersioned<>(path, Codec.text());
        assertThatThrownBy(() -> versioned.create("two"))
            .isInstanceOf(StoreUnreachableException.class);
      } else {
        assertThatThrownBy(() -> file.replace(2, bytes("two"))).isInstanceOf(IOException.class);
      }
      assertThat(victim).hasContent("0000000000000000001\n");
      assertThat(nowhere).doesNotExist();
      assertThat(path).doesNotExist();
      Files.delete(planted);
    }
  }

  @Test
  void whatAnotherUsersLinkLeadsToIsNotReplaced() throws Exception {
    Path victim = Files.writeString(directory.resolve("victim"), "mine");
    Files.createSymbolicLink(path, victim);
    try {
      Files.setAttribute(path, "unix:uid", 22_001, LinkOption.NOFOLLOW_LINKS);
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      assumeTrue(false, "skipped: only root can make another user's link (" + e + ")");
    }
    assertThatThrownBy(() -> file.replace(2, bytes("two")))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll(path.toString(), "another user");
    assertThat(victim).hasContent("mine");
  }

  @Test
  void tokensAreDigitsWhateverTheLanguage() throws Exception {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
    try {
      file.replace(7, bytes("seven"));
    } finally {
      Locale.setDefault(before);
    }
    assertThat(file.newest()).hasValue(7);
  }

  @Test
  void aLeaseIsCheckedFirst() throws Exception {
    try (Tyer tyer = Tyer.open("memory:fenced-files")) {
      Lease lease = tyer.lock("report").acquire();
      file.replace(lease, bytes("mine"));
      assertThat(file.newest()).hasValue(lease.token());
      lease.close();
      assertThatThrownBy(() -> file.replace(lease, bytes("late")))
          .isInstanceOf(IllegalStateException.class);
    }
    assertThat(path).hasContent("mine");
  }

  @Test
  void badArgumentsAreRefused() {
    assertThatThrownBy(() -> new FencedFile(Path.of("/")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new FencedFile(path, Duration.ofMillis(-1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> file.replace(0, new byte[0]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
