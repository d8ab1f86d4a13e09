package io.tyer.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tyer.Tyer;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever may look into the directory reads no names and owners of locks. */
@Timeout(120)
class DatabaseFileTest {

  private static final String OWNER_ONLY = "rw-------";

  @TempDir private Path directory;

  @BeforeEach
  void openToEverybody() throws Exception {
    boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    if (!posix) {
      System.out.println("skipped: files have no owners here");
    }
    Assumptions.assumeTrue(posix, "files have no owners here");
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Map<String, String> rights() throws Exception {
    Map<String, String> rights = new TreeMap<>();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        rights.put(
            directory.relativize(file).toString(),
            PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
      }
    }
    return rights;
  }

  /** What there is while a lock is held. */
  private Map<String, String> whileHeld(String url) throws Exception {
    String here = url.replace("DIR", directory.toString());
    try (Tyer tyer = Tyer.open(here);
        var lease = tyer.lock("private").acquire()) {
      assertThat(lease.isValid()).isTrue();
      if (!here.startsWith("jdbc:sqlite:")) {
        return rights();
      }
      // The first requests' connections may be closed again before the pool has made one of its
      // own; SQLite keeps its other files for as long as there is one.
      try (Connection connection = DriverManager.getConnection(here);
          Statement statement = connection.createStatement()) {
        statement.executeQuery("SELECT count(*) FROM sqlite_master").close();
        return rights();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "jdbc:h2:DIR/locks, locks.mv.db",
    "jdbc:h2:file:DIR/locks;DB_CLOSE_DELAY=1, locks.mv.db",
    "jdbc:h2:DIR/locks;trace_level_file=3, locks.trace.db",
    "jdbc:h2:nio:DIR/locks, locks.mv.db",
    "jdbc:h2:async:DIR/locks, locks.mv.db",
    "jdbc:h2:retry:nioMapped:DIR/locks, locks.mv.db",
    "jdbc:h2:DIR/made/also/locks, made/also/locks.mv.db",
    "jdbc:sqlite:DIR/locks.db, locks.db",
    "jdbc:sqlite:DIR/locks.db?journal_mode=WAL, locks.db-wal",
    "jdbc:sqlite:DIR/locks.db?journal_mode=WAL, locks.db-shm",
    "jdbc:sqlite:DIR/locks.db?journal_mode=DELETE, locks.db",
    "jdbc:sqlite:file:DIR/some%20locks.db, some locks.db",
    "jdbc:sqlite:file://DIR/locks.db, locks.db"
  })
  void whatIsMadeIsForItsOwnerOnly(String url, String file) throws Exception {
    assertThat(whileHeld(url)).containsKey(file);
    Map<String, String> rights = rights();
    assertThat(rights).allSatisfy((name, bits) -> assertThat(bits).as(name).isEqualTo(OWNER_ONLY));
    assertThat(whileHeld(url))
        .allSatisfy((name, bits) -> assertThat(bits).as(name).isEqualTo(OWNER_ONLY));
  }

  @Test
  void h2WritesNoErrorsBesideTheDatabaseUnlessItIsTold() throws Exception {
    assertThat(whileHeld("jdbc:h2:DIR/locks")).containsOnlyKeys("locks.mv.db");
  }

  /** Only its administrators may turn the trace file off, and an error is written to it. */
  @Test
  void aUserOfH2WithoutAdministratorsRightsTakesLocks() throws Exception {
    assertThat(whileHeld("jdbc:h2:DIR/locks;USER=sa;PASSWORD=x")).containsOnlyKeys("locks.mv.db");
    String url = "jdbc:h2:" + directory + "/locks";
    try (Connection connection = DriverManager.getConnection(url, "sa", "x");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE USER plain PASSWORD 'p'");
      statement.execute("GRANT ALL ON SCHEMA PUBLIC TO plain");
    }
    for (int i = 0; i < 2; i++) {
      assertThat(whileHeld("jdbc:h2:DIR/locks;USER=plain;PASSWORD=p"))
          .containsKeys("locks.mv.db")
          .allSatisfy((name, bits) -> assertThat(bits).as(name).isEqualTo(OWNER_ONLY));
    }
  }

  @ParameterizedTest
  @CsvSource({"jdbc:h2:DIR/locks, locks.mv.db", "jdbc:sqlite:DIR/locks.db, locks.db"})
  void whatIsThereStaysAsItIs(String url, String file) throws Exception {
    var unused = whileHeld(url);
    Files.setPosixFilePermissions(
        directory.resolve(file), PosixFilePermissions.fromString("rw-r-----"));
    assertThat(whileHeld(url)).containsEntry(file, "rw-r-----");
  }

  @Test
  void nothingIsMadeWhereTheAddressSaysSo() throws Exception {
    for (String url :
        new String[] {
          "jdbc:h2:" + directory + "/locks;IFEXISTS=TRUE",
          "jdbc:h2:mem:locks;DB_CLOSE_DELAY=-1",
          "jdbc:h2:nio:" + directory + "/locks;IFEXISTS=1",
          "jdbc:h2:" + directory + "/locks;ifexists=Yes",
          "jdbc:h2:" + directory + "/locks;LOCK_TIMEOUT=10;IFEXISTS=t",
          "jdbc:h2:" + directory + "/locks;;IFEXISTS=2",
          "jdbc:h2:" + directory + "/locks;IFEXISTS=\\TRUE",
          "jdbc:h2:" + directory + "/locks;FORBID_CREATION=TRUE",
          "jdbc:h2:" + directory + "/locks;Forbid_Creation=1",
          "jdbc:h2:" + directory + "/locks;ACCESS_MODE_DATA=r",
          "jdbc:h2:split:" + directory + "/locks",
          "jdbc:h2:tcp://localhost/" + directory + "/locks"
        }) {
      DatabaseFile.make(Dialect.H2, url);
    }
    for (String url :
        new String[] {
          "jdbc:sqlite:" + directory + "/locks.db?mode=ro",
          "jdbc:sqlite::resource:locks.db",
          "jdbc:sqlite:" + directory + "/none/locks.db"
        }) {
      DatabaseFile.make(Dialect.SQLITE, url);
    }
    assertThat(rights()).isEmpty();
    assertThat(directory.resolve("none")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"IFEXISTS=1", "IFEXISTS=TRUE", "FORBID_CREATION=1"})
  void aMistypedNameIsNoNewStoreWhereTheAddressForbidsThat(String setting) throws Exception {
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> whileHeld("jdbc:h2:DIR/lokcs;" + setting))
          .hasMessageContaining("not found");
    }
    assertThat(rights()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "LOCK_TIMEUOT=10, Unsupported connection setting",
    "'CACHE_SIZE=1;CACHE_SIZE=2', Duplicate property",
    "TRACE_LEVEL_FILE, URL format error"
  })
  void aMistypedSettingMakesNothing(String setting, String message) throws Exception {
    assertThatThrownBy(() -> whileHeld("jdbc:h2:DIR/made/locks;" + setting))
        .hasMessageContaining(message);
    assertThat(directory).isEmptyDirectory();
    assertThat(whileHeld("jdbc:h2:DIR/locks;IGNORE_UNKNOWN_SETTINGS=TRUE;LOCK_TIMEUOT=10"))
        .containsEntry("locks.mv.db", OWNER_ONLY);
  }

  /** H2 refuses them, since nobody can tell from where they are meant. */
  @ParameterizedTest
  @ValueSource(strings = {"tyer-database-file-test", "file:tyer-database-file-test"})
  void aNameThatIsRelativeWithoutSayingSoMakesNothing(String name) throws Exception {
    assertThatThrownBy(() -> Tyer.open("jdbc:h2:" + name)).hasMessageContaining("relative");
    assertThat(Path.of("tyer-database-file-test.mv.db")).doesNotExist();
  }

  @Test
  void namesAreReadAsH2ReadsThem() {
    assertThat(H2Location.of("jdbc:h2:./locks")).map(H2Location::name).hasValue("./locks");
    assertThat(H2Location.of("jdbc:h2:~/locks"))
        .map(H2Location::name)
        .hasValue(System.getProperty("user.home") + "/locks");
    // Of the schemes, H2 knows only small letters.
    assertThat(H2Location.of("jdbc:h2:FILE:/locks")).isEmpty();
    assertThat(H2Location.of("jdbc:h2:/locks;INIT=SELECT 1\\;IFEXISTS=TRUE"))
        .map(H2Location::made)
        .hasValue(List.of(Path.of("/locks.mv.db")));
    assertThat(H2Location.of("jdbc:h2:/locks;IFEXISTS=FALSE;FORBID_CREATION=on"))
        .map(H2Location::made)
        .hasValue(List.of(Path.of("/locks.mv.db")));
  }
}
