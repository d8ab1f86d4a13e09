package io.tyer.store.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.testkit.host.Command;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A small file system of its own, which a test may fill, make read-only and unmount. */
final class Disk implements AutoCloseable {

  private final Path path;
  private final List<String> mounting;
  private boolean mounted;

  private Disk(Path path, List<String> mounting) throws IOException {
    this.path = Files.createDirectories(path);
    this.mounting = mounting;
    run(mounting.toArray(new String[0]));
    mounted = true;
  }

  /** A disk in memory, with options such as {@code size=1m}; empty after {@link #unmount}. */
  static Disk small(Path path, String options) throws IOException {
    return new Disk(path, List.of("mount", "-t", "tmpfs", "-o", options, "none", path.toString()));
  }

  /** Another name of a directory, which keeps what is in it while it is not mounted. */
  static Disk of(Path directory, Path path) throws IOException {
    Files.createDirectories(directory);
    return new Disk(path, List.of("mount", "--bind", directory.toString(), path.toString()));
  }

  Path path() {
    return path;
  }

  /** Mounted otherwise from now on, such as {@code ro}. */
  void remount(String options) {
    run("mount", "-o", "remount," + options, path.toString());
  }

  /** Takes it away, also from under those who have files of it open. */
  void unmount() {
    run("umount", "--lazy", path.toString());
    mounted = false;
  }

  void mountAgain() {
    run(mounting.toArray(new String[0]));
    mounted = true;
  }

  /** Leaves no free space. */
  void fill() throws IOException {
    try (RandomAccessFile ballast = new RandomAccessFile(ballast(), "rw")) {
      ballast.seek(ballast.length());
      for (int size = 1 << 20; size > 0; size /= 2) {
        write(ballast, size);
      }
    }
    assertThat(path.toFile().getUsableSpace()).isZero();
  }

  private static void write(RandomAccessFile file, int size) {
    try {
      while (true) {
        file.write(new byte[size]);
      }
    } catch (IOException full) {
      assertThat(full).isNotNull();
    }
  }

  /** Frees what {@link #fill} has taken. */
  void free() throws IOException {
    Files.delete(ballast().toPath());
  }

  private File ballast() {
    return path.resolve("ballast").toFile();
  }

  private static void run(String... command) {
    assertThat(Command.succeeds(command)).as(String.join(" ", command)).isTrue();
  }

  @Override
  public void close() {
    if (mounted) {
      unmount();
    }
  }
}
