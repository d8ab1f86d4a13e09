package io.tyer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The script {@code ./tyer}, in a tree that has been built, with a Java that writes down its
 * arguments.
 */
class LauncherTest {

  private static final String USES = "-XX:SharedArchiveFile=";
  private static final String MAKES = "-XX:ArchiveClassesAtExit=";

  @TempDir Path directory;
  private Shell shell;
  private Path tree;

  @BeforeEach
  void build() throws IOException {
    shell = new Shell(directory);
    tree = directory.resolve("tree");
    Installation.make(tree.resolve("cli/target/tyer/lib"));
    Files.createFile(tree.resolve("cli/target/tyer/built"));
    Files.copy(Installation.OPTIONS, tree.resolve("cli/jvm.options"));
    Files.copy(Installation.ARCHIVING, tree.resolve("cli/archive.sh"));
    Files.copy(Path.of("locked.sh"), tree.resolve("cli/locked.sh"));
    Files.copy(Path.of("../tyer"), tree.resolve("tyer"));
    java("one");
  }

  @AfterEach
  void close() {
    shell.close();
  }

  /** A Java of this name, from now on. */
  private void java(String name) throws IOException {
    Path java = directory.resolve(name + "/bin/java");
    Files.createDirectories(java.getParent());
    Files.createDirectories(directory.resolve(name + "/lib"));
    Files.writeString(
        java,
        "#!/bin/sh\necho \"$@\" >>'"
            + directory
            + "/log'\nexec "
            + Installation.java()
            + " \"$@\"\n");
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwx------"));
    shell.with("JAVA_HOME", directory.resolve(name).toString());
  }

  /** What Java was called with. */
  private String start() throws IOException {
    Shell.Started run = start(0, "run", "a", "true");
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).isEmpty();
    return shell.read("log");
  }

  private Shell.Started start(int code, String... arguments) throws IOException {
    Files.deleteIfExists(directory.resolve("log"));
    List<String> command = new ArrayList<>(List.of(tree.resolve("tyer").toString()));
    command.addAll(List.of(arguments));
    return shell.start(command).await(code);
  }

  @Test
  void makesTheArchiveOnceAndUsesIt() throws IOException {
    assertThat(start()).contains(MAKES, USES);
    assertThat(start()).contains(USES).doesNotContain(MAKES);
    tree = Files.createSymbolicLink(directory.resolve("link"), tree);
    assertThat(start()).contains(USES).doesNotContain(MAKES);
  }

  @Test
  void makesItAgainWhereItDoesNotFit() throws IOException {
    assertThat(start()).contains(MAKES);
    java("two");
    assertThat(start()).contains(MAKES, USES);
    Path lib = directory.resolve("two/lib");
    Files.setLastModifiedTime(lib, FileTime.from(Instant.now().plusSeconds(1)));
    assertThat(start()).contains(MAKES);
    Files.setLastModifiedTime(lib, FileTime.fromMillis(0));
    assertThat(start()).doesNotContain(MAKES);
    Path moved = directory.resolve("moved");
    Files.move(tree, moved);
    tree = moved;
    assertThat(start()).contains(MAKES, USES + moved);
    Files.setLastModifiedTime(
        moved.resolve("cli/target/tyer/lib/0.jar"), FileTime.from(Instant.now().plusSeconds(3600)));
    assertThat(start()).contains(MAKES);
  }

  @Test
  void aStartOnAServerHasAnArchiveOfItsOwn() throws IOException {
    String nobody = "redis://127.0.0.1:1";
    start(69, "locks", "--store", nobody);
    assertThat(shell.read("log")).contains(MAKES).contains("/tyer-redis.jsa");
    start(69, "locks", "--store=" + nobody);
    assertThat(shell.read("log")).contains("/tyer-redis.jsa").doesNotContain(MAKES);
    // An address behind the dashes is the command's.
    start(0, "run", "a", "--", "true", nobody);
    assertThat(shell.read("log")).contains(MAKES, "/tyer.jsa").doesNotContain("/tyer-redis.jsa");
    shell.with("TYER_STORE", nobody);
    start(69, "locks");
    assertThat(shell.read("log")).contains("/tyer-redis.jsa").doesNotContain(MAKES);
    for (String scheme : new String[] {"zookeeper", "etcd"}) {
      shell.with("TYER_STORE", scheme + "://127.0.0.1:1");
      start(69, "locks");
      assertThat(shell.read("log")).contains(MAKES, "/tyer-" + scheme + ".jsa");
    }
  }

  @Test
  void aDemoThatThereIsNotIsRefusedWithThoseThatThereAre() throws IOException {
    Files.createDirectories(tree.resolve("examples/coupons"));
    Files.copy(Path.of("../examples/demo"), tree.resolve("examples/demo"));
    Files.copy(Path.of("../examples/coupons/pom.xml"), tree.resolve("examples/coupons/pom.xml"));
    Shell.Started run = start(64, "demo", "coupon");
    assertThat(run.err()).contains("there is no demo 'coupon'", "./tyer demo coupons");
    assertThat(start(0, "demo").out()).contains("./tyer demo coupons", "A flash sale");
    assertThat(shell.file("log")).doesNotExist();
  }

  /** As in a fresh clone, by a Maven that takes what was built before. */
  @Test
  void buildsOnceHoweverManyBeginTogether() throws IOException {
    Path built = directory.resolve("before/tyer/lib");
    Files.move(tree.resolve("cli/target"), directory.resolve("before"));
    Path mvn = directory.resolve("bin/mvn");
    Files.createDirectories(mvn.getParent());
    Files.writeString(
        mvn,
        "#!/bin/sh\n"
            + "echo built >>'"
            + directory
            + "/mvn.log'\n"
            + "for word in \"$@\"; do\n"
            + "  case $word in -Dtyer.lib=*) cp -r '"
            + built
            + "' \"${word#*=}\" ;; esac\n"
            + "done\n");
    Files.setPosixFilePermissions(mvn, PosixFilePermissions.fromString("rwx------"));
    shell.with("PATH", mvn.getParent() + ":" + System.getenv("PATH"));
    List<Shell.Started> together = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      together.add(shell.start(List.of(tree.resolve("tyer").toString(), "--version")));
    }
    for (Shell.Started one : together) {
      assertThat(one.await(0).out()).startsWith("tyer ");
    }
    assertThat(directory.resolve("mvn.log")).hasContent("built");
  }

  @Test
  void goesOnWithoutOne() throws IOException {
    Files.writeString(tree.resolve("cli/archive.sh"), "exit 1\n");
    assertThat(start()).doesNotContain(USES);
  }
}
