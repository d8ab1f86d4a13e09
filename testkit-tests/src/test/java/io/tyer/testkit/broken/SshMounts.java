package io.tyer.testkit.broken;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.testkit.host.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Two network mounts of one directory, which do not know of each other. */
final class SshMounts implements AutoCloseable {

  private final Path base;
  private final List<Path> mounts = new ArrayList<>();

  private SshMounts(Path base) {
    this.base = base;
  }

  /**
   * Mounts a new directory twice, with all caches off: what goes wrong is the locks' fault alone.
   */
  static SshMounts make(Path base) throws IOException {
    Path ssh = base.resolve("ssh");
    Files.writeString(ssh, "#!/bin/sh\nexec " + Needs.sftpServer().orElseThrow() + "\n");
    assertThat(ssh.toFile().setExecutable(true)).isTrue();
    Path served = Files.createDirectory(base.resolve("served"));
    SshMounts made = new SshMounts(base);
    for (int i = 0; i < 2; i++) {
      Path mount = Files.createDirectory(base.resolve("mount" + i));
      boolean mounted =
          succeeds(
              "sshfs",
              "-o",
              "ssh_command=" + ssh,
              "-o",
              "dir_cache=no,direct_io,attr_timeout=0,entry_timeout=0,negative_timeout=0",
              "x:" + served,
              mount.toString());
      if (!mounted) {
        made.close();
        throw new IOException("sshfs cannot mount " + mount);
      }
      made.mounts.add(mount);
    }
    return made;
  }

  List<Path> paths() {
    return mounts;
  }

  /** Unmounts before anybody removes the directories, or what they show would be removed. */
  @Override
  public void close() throws IOException {
    for (Path mount : mounts) {
      if (!succeeds("umount", mount.toString()) && !succeeds("umount", "-l", mount.toString())) {
        throw new IOException("still mounted below " + base + ": " + mount);
      }
    }
  }

  private static boolean succeeds(String... command) {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
