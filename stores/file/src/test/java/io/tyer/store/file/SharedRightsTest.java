package io.tyer.store.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.spi.Finding;
import io.tyer.spi.Finding.Level;
import io.tyer.testkit.host.Needs;
import io.tyer.testkit.host.Requires;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several users sharing a store through a group, with umasks that would keep them apart. */
@Requires(Needs.OTHER_USERS)
class SharedRightsTest {

  private static final int GROUP = 23_001;

  /** Not one of JUnit's: those are for their owner only. */
  private Path open;

  @BeforeEach
  void prepare() throws Exception {
    open = Files.createTempDirectory("tyer-test");
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @AfterEach
  void clean() {
    if (open != null) {
      Trees.delete(open.toFile());
    }
  }

  @Test
  void aDirectoryThatIsMadeIsForItsOwnerOnly() throws Exception {
    Path made = open.resolve("made");
    Stores.open(made).close();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
        .isEqualTo("rwx------");
  }

  @Test
  void aDiagnosisByRootWarnsOfWhomTheDirectoryBelongsTo() throws Exception {
    Path store = open.resolve("store");
    Stores.open(store).close();
    assertThat(rights(store)).extracting(Finding::level).containsExactly(Level.OK);
    for (int mode : new int[] {0700, 02770}) {
      Files.setAttribute(store, "unix:uid", 22_001);
      Files.setAttribute(store, "unix:mode", mode);
      assertThat(rights(store))
          .filteredOn(finding -> finding.level() == Level.WARNING)
          .singleElement()
          .satisfies(finding -> assertThat(finding.text()).contains("22001", "root"));
    }
  }

  private static List<Finding> rights(Path store) {
    return Stores.diagnosis(store).findings().stream()
        .filter(finding -> finding.topic().equals("rights"))
        .toList();
  }

  @Test
  void aGroupSharesAStoreAndOthersAreKeptOut() throws Exception {
    Path store = Files.createDirectory(open.resolve("store"));
    Files.setAttribute(store, "unix:gid", GROUP);
    Files.setAttribute(store, "unix:mode", 02770);
    Path file = Files.createFile(open.resolve("tally"));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
    Tally tally = new Tally(file);
    String classPath = OtherUser.classPathIn(open);

    List<ChildJvm> children = new ArrayList<>();
    for (int user = 1; user <= 2; user++) {
      children.add(
          new ChildJvm(
              OtherUser.as(22_000 + user, GROUP),
              classPath,
              TallyWriters.class,
              store,
              file,
              2 * user,
              2,
              2,
              300,
              1));
    }
    Tally.runToTheEnd(children);
    try (FileMedium medium = Stores.open(store)) {
      tally.check(medium, IntStream.range(0, 2).mapToObj(Stores::line).toList());
    }
    try (ChildJvm stranger =
        new ChildJvm(
            OtherUser.as(22_003, 22_003),
            classPath,
            TallyWriters.class,
            store,
            file,
            8,
            1,
            1,
            1,
            1)) {
      assertThat(stranger.rest()).contains("has no right to", store.toString());
    }
  }
}
