package io.tyer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The archive of loaded classes, as {@code archive.sh} makes it, in the hands of a real Java. */
class ArchiveTest {

  private static final String ARCHIVED = "source: shared objects file (top)";

  @TempDir Path directory;
  private Shell shell;
  private Installation installation;

  @BeforeEach
  void make() throws IOException {
    String vm = System.getProperty("java.vm.info");
    assumeTrue(vm.contains("sharing"), "this Java has no archive of its own to build upon: " + vm);
    shell = new Shell(directory);
    installation = Installation.make(directory.resolve("lib"));
    shell.start(installation.archiving()).await(0);
    assertThat(installation.archive()).isNotEmptyFile();
  }

  @AfterEach
  void close() {
    if (shell != null) {
      shell.close();
    }
  }

  private List<String> loaded() throws IOException {
    Path log = directory.resolve("loaded");
    Files.deleteIfExists(log);
    run(installation.command(logging(log), "run", "a", "--", "true"));
    return Files.readAllLines(log);
  }

  private static List<String> logging(Path log) {
    return List.of("-Xlog:class+load:file=" + log);
  }

  private void run(List<String> command) {
    Shell.Started run = shell.start(command).await(0);
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).isEmpty();
  }

  @Test
  void holdsWhatARunLoads() throws IOException {
    List<String> ours =
        loaded().stream()
            .filter(line -> line.contains("] io.tyer.") || line.contains("] org."))
            .toList();
    assertThat(ours)
        .anySatisfy(line -> assertThat(line).contains("io.tyer.cli.Main "))
        .anySatisfy(line -> assertThat(line).contains("io.tyer.engine.Engine "))
        .anySatisfy(line -> assertThat(line).contains("io.tyer.store.file.FileMedium "))
        .anySatisfy(line -> assertThat(line).contains("org.apache.commons.cli.Options "))
        .allSatisfy(line -> assertThat(line).contains(ARCHIVED));
  }

  @Test
  void holdsNothingThatIsLinkedAtEveryStart() throws IOException {
    List<String> made =
        loaded().stream().filter(line -> line.contains("__JVM_LookupDefineClass__")).toList();
    // A text put together, or a record compared, by code that is made at run time costs dozens.
    assertThat(made).hasSizeLessThan(10);
  }

  @ParameterizedTest
  @CsvSource({
    "redis,io.lettuce.,500",
    "zookeeper,org.apache.zookeeper.,50",
    "etcd,io.grpc.,200",
  })
  void aStartOnAServerHasOneOfItsOwn(String scheme, String client, int classes) throws IOException {
    String name = "tyer-" + scheme;
    shell.start(installation.archiving(name)).await(0);
    assertThat(directory.resolve("lib/" + name + ".jsa.for")).exists();
    Path log = directory.resolve("loaded");
    shell
        .start(
            installation.command(name, logging(log), "locks", "--store", scheme + "://127.0.0.1:1"))
        .await(69);
    List<String> clients =
        Files.readAllLines(log).stream()
            .filter(line -> line.contains("] " + client) || line.contains("] io.netty."))
            .toList();
    assertThat(clients).hasSizeGreaterThan(classes);
    assertThat(clients.stream().filter(line -> !line.contains(ARCHIVED))).hasSizeLessThan(20);
    assertThat(loaded()).noneMatch(line -> line.contains("] " + client));
  }

  @Test
  void isNoHarmWhereItDoesNotFit() throws IOException {
    run(installation.command(List.of(), "run", "a", "--", "true"));
    Path core = directory.resolve("lib/0.jar");
    Files.setLastModifiedTime(core, FileTime.fromMillis(0));
    run(installation.command(List.of(), "run", "a", "--", "true"));
    assertThat(loaded()).noneMatch(line -> line.contains(ARCHIVED));
    for (String other : new String[] {"", "something else"}) {
      Files.delete(installation.archive());
      Files.writeString(installation.archive(), other);
      run(installation.command(List.of(), "run", "a", "--", "true"));
    }
    Files.delete(installation.archive());
    run(installation.command(List.of(), "run", "a", "--", "true"));
  }

  @Test
  void whatCannotBeArchivedIsNoFailure() throws IOException {
    Files.delete(installation.jar);
    shell.start(installation.archiving()).await(0);
    assertThat(installation.archive()).doesNotExist();
    assertThat(directory.resolve("lib/tyer.jsa.for")).exists();
    assertThat(directory.resolve("lib/tyer.jsa.log")).isNotEmptyFile();
  }
}
