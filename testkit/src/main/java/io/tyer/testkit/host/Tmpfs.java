package io.tyer.testkit.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A small file system of its own, which can be filled and made read-only. Needs root. */
public final class Tmpfs implements AutoCloseable {

  private static final int USUAL_MEGABYTES = 64;
  private static final int BLOCK = 64 << 10;

  private final Path mount;
  private final Path ballast;

  private Tmpfs(Path mount) {
    this.mount = mount;
    this.ballast = mount.resolve("ballast");
  }

  /** Mounts one of 64 MiB on this directory, which is there. */
  public static Tmpfs mount(Path directory) throws IOException, InterruptedException {
    return mount(directory, USUAL_MEGABYTES);
  }

  /** Mounts one on this directory, which is there. */
  public static Tmpfs mount(Path directory, int megabytes)
      throws IOException, InterruptedException {
    Command.run(
        "mount",
        "-t",
        "tmpfs",
        "-o",
        "size=" + megabytes + "m",
        "tyer-torture",
        directory.toString());
    return new Tmpfs(directory);
  }

  /** Leaves no room. */
  public void fill() throws IOException {
    byte[] block = new byte[BLOCK];
    try (var out = Files.newOutputStream(ballast)) {
      while (true) {
        out.write(block);
      }
    } catch (IOException e) {
      // Full, as wanted; smaller files take what is left.
      fillTheRest();
    }
  }

  private void fillTheRest() {
    byte[] page = new byte[512];
    try (var out =
        Files.newOutputStream(
            ballast,
            java.nio.file.StandardOpenOption.CREATE,
            java.nio.file.StandardOpenOption.APPEND)) {
      while (true) {
        out.write(page);
      }
    } catch (IOException e) {
      // Not a byte more.
    }
  }

  /** Makes room again. */
  public void empty() throws IOException {
    Files.deleteIfExists(ballast);
  }

  /**
   * Makes it read-only, or undoes that.
   *
   * @throws IOException if a file on it is open for writing
   */
  public void writable(boolean writable) throws IOException, InterruptedException {
    Command.run("mount", "-o", "remount," + (writable ? "rw" : "ro"), mount.toString());
  }

  /** Takes it away, with everything in it. */
  @Override
  public void close() {
    try {
      Command.run("umount", "-l", mount.toString());
    } catch (IOException e) {
      throw new IllegalStateException("left behind: the mount " + mount, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
