package io.tyer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.testkit.host.Needs;
import io.tyer.testkit.host.Requires;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIf;
import org.junit.jupiter.api.io.TempDir;

/** {@code tyer doctor}, as a process, on file stores in all states. */
class DoctorTest {

  @TempDir Path directory;
  private Shell shell;
  private Path store;

  @BeforeEach
  void open() {
    shell = new Shell(directory);
    store = directory.resolve("store");
  }

  @AfterEach
  void close() {
    shell.close();
  }

  private String doctor(int code, String... options) {
    String[] arguments =
        Stream.concat(Stream.of("doctor"), Stream.of(options)).toArray(String[]::new);
    Shell.Started run = shell.tyer(arguments).await(code);
    assertThat(run.err()).isEmpty();
    return run.out();
  }

  private List<Path> files(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files.sorted().toList();
    }
  }

  @Test
  void findsAHealthyStoreHealthy() throws IOException {
    Shell.Started holder = shell.hold("busy");
    String before = shell.tyer("locks").await(0).out().replaceAll(" \\d+s ", " ");
    String out =
        shell
            .with("TYER_MARGIN", "700ms")
            .tyer("doctor", "--store", "file:store?beat=2s")
            .await(0)
            .out();
    assertThat(out.lines().filter(line -> line.startsWith("problem"))).isEmpty();
    for (String topic :
        "versions option format rights mount space links watching clock beats deaths open beat lock wake-up"
            .split(" ", -1)) {
      assertThat(out).containsPattern("(?m)^(ok|warning) +" + topic + " ");
    }
    assertThat(out)
        .contains("ttl 15s (default)\n")
        .contains("beat 2s (from the store's address)\n")
        .contains("margin 700ms (from $TYER_MARGIN)\n")
        .contains("loss of power")
        .endsWith("file:" + store.toRealPath() + "?beat=2s can keep the promises\n");
    assertThat(shell.tyer("locks").await(0).out().replaceAll(" \\d+s ", " ")).isEqualTo(before);
    assertThat(holder.process().isAlive()).isTrue();
    // Of the holder's session alone; nothing of ours.
    assertThat(store.resolve("sessions").toFile().list()).hasSize(1);
    assertThat(store.resolve("inbox").toFile().list()).hasSize(1);
    assertThat(files(store.resolve("tmp"))).noneMatch(file -> file.toString().contains(".tyer-"));
  }

  @Test
  void speaksToPrograms() {
    shell.tyer("run", "a", "true").await(0);
    assertThat(doctor(0, "--json"))
        .startsWith("{\"format\": 1, \"store\": \"file:" + store + "\", \"usable\": true, ")
        .contains("{\"level\": \"ok\", \"topic\": \"beat\", \"text\": \"a beat was acknowledged")
        .contains("\"advice\": null}")
        .endsWith("\n]}\n");
  }

  @Test
  void makesNoStoreWhereThereIsNone() throws IOException {
    assertThat(doctor(0)).contains("there is no " + store + " yet");
    assertThat(store).doesNotExist();
    Files.createDirectory(store);
    assertThat(doctor(0)).contains("is empty");
    assertThat(store).isEmptyDirectory();
    shell.without("TYER_STORE");
    doctor(0);
    assertThat(directory.resolve(".local")).doesNotExist();
  }

  @Test
  void tellsWhatIsNoStore() throws IOException {
    Files.writeString(store, "text");
    assertThat(doctor(1)).contains("problem  directory", "is not a directory", "cannot keep");
    Files.delete(store);
    Files.createDirectory(store);
    Files.writeString(store.resolve("letter"), "text");
    assertThat(doctor(1)).contains("something else than a store (letter)");
    assertThat(files(store)).hasSize(2);
  }

  @Test
  void tellsThatTheStoreIsNewer() throws IOException {
    shell.tyer("run", "a", "true").await(0);
    Path marker = store.resolve("tyer-store");
    Files.writeString(marker, Files.readString(marker).replace("format=1", "format=9"));
    List<Path> before = files(store);
    assertThat(doctor(1)).contains("problem  format").contains("format 9", "upgrade");
    assertThat(doctor(1, "--json")).contains("\"usable\": false");
    assertThat(files(store)).isEqualTo(before);
  }

  @Test
  void warnsOfRightsThatAreTooWide() throws IOException {
    shell.tyer("run", "a", "true").await(0);
    Files.setPosixFilePermissions(store, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThat(doctor(1)).contains("problem  rights     anybody").contains("-> ", "chmod 2770");
    assertThat(doctor(0, "--store", "file:" + store + "?anybody=true"))
        .contains("warning  rights     anybody");
    Files.setPosixFilePermissions(store, PosixFilePermissions.fromString("rwxrwx---"));
    assertThat(doctor(0)).contains("warning  rights     the group").contains("chmod g+s");
  }

  @Test
  @Requires(Needs.MOUNTS)
  void tellsThatItsMountIsReadOnly() throws IOException, InterruptedException {
    Path mount = mount("size=1m");
    try {
      use(mount.resolve("store"));
      shell.tyer("run", "a", "true").await(0);
      assertThat(succeeds("mount", "-o", "remount,ro", mount.toString())).isTrue();
      assertThat(doctor(1)).contains("read-only");
    } finally {
      unmount(mount);
    }
  }

  @Test
  @DisabledIf(value = "isRoot", disabledReason = "root may write everywhere")
  void tellsThatItMayNotBeWritten() throws IOException {
    shell.tyer("run", "a", "true").await(0);
    Files.setPosixFilePermissions(
        store.resolve("tmp"), PosixFilePermissions.fromString("r-x------"));
    assertThat(doctor(1)).contains("problem  links");
    Files.setPosixFilePermissions(
        store.resolve("tmp"), PosixFilePermissions.fromString("rwx------"));
  }

  @Requires(Needs.MOUNTS)
  @Test
  void tellsThatItIsFull() throws IOException, InterruptedException {
    Path mount = mount("size=1m");
    try {
      use(mount.resolve("store"));
      shell.tyer("run", "a", "true").await(0);
      boolean unused = succeeds("sh", "-c", "cat /dev/zero >" + mount.resolve("ballast"));
      List<Path> before = files(mount.resolve("store"));
      assertThat(doctor(1)).contains("problem  space").contains("0 MiB");
      assertThat(files(mount.resolve("store"))).isEqualTo(before);
    } finally {
      unmount(mount);
    }
  }

  @Requires(Needs.PIPES)
  @Test
  void doesNotHangOnAMountThatHangs() throws IOException, InterruptedException {
    shell.tyer("run", "a", "true").await(0);
    Path marker = store.resolve("tyer-store");
    Files.delete(marker);
    assertThat(succeeds("mkfifo", marker.toString())).isTrue(); // opening it for reading blocks
    shell.with("TYER_OPERATION_TIMEOUT", "500ms");
    assertThat(doctor(1)).contains("problem  reachable", "has not answered");
  }

  @Test
  void refusesBadUsage() {
    assertThat(shell.tyer("doctor", "x").await(64).err()).contains("takes no argument");
    assertThat(shell.tyer("doctor", "--store", "nosuch:x").await(64).err()).contains("nosuch");
    shell.tyer("run", "a", "true").await(0);
    assertThat(shell.tyer("doctor", "--store", "file:store?beat=20s").await(64).err())
        .contains("beat");
    assertThat(shell.with("TYER_TTL", "soon").tyer("doctor").await(64).err()).contains("ttl");
  }

  private void use(Path other) {
    store = other;
    shell.with("TYER_STORE", "file:" + other);
  }

  private Path mount(String options) throws IOException, InterruptedException {
    Path mount = Files.createDirectory(directory.resolve("mount"));
    assertThat(succeeds("mount", "-t", "tmpfs", "-o", options, "tmpfs", mount.toString())).isTrue();
    return mount;
  }

  private static void unmount(Path mount) throws IOException, InterruptedException {
    assertThat(succeeds("umount", "-l", mount.toString())).isTrue();
  }

  @SuppressWarnings("UnusedMethod") // a condition above names it
  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  private static boolean succeeds(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor()
        == 0;
  }
}
