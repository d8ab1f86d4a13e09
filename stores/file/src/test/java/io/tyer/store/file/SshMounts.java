package io.tyer.store.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.testkit.host.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Network mounts of one directory, with caches that do not know of each other. */
final class SshMounts implements AutoCloseable {

  private final Path served;
  private final List<Path> paths = new ArrayList<>();

  private SshMounts(Path served) {
    this.served = served;
  }

  /** Mounts a new directory so many times. */
  static SshMounts make(Path base, int count) throws IOException {
    Path ssh = base.resolve("ssh");
    Files.writeString(ssh, "#!/bin/sh\nexec " + Needs.sftpServer().orElseThrow() + "\n");
    assertThat(ssh.toFile().setExecutable(true)).isTrue();
    SshMounts mounts = new SshMounts(Files.createDirectory(base.resolve("served")));
    for (int i = 0; i < count; i++) {
      Path mount = Files.createDirectory(base.resolve("mount" + i));
      boolean mounted =
          HostTools.succeeds(
              "sshfs", "-o", "ssh_command=" + ssh, "x:" + mounts.served, mount.toString());
      if (!mounted) {
        mounts.close();
      }
      assertThat(mounted).as("sshfs mounts").isTrue();
      mounts.paths.add(mount);
    }
    return mounts;
  }

  /** The directory itself. */
  Path served() {
    return served;
  }

  List<Path> paths() {
    return paths;
  }

  @Override
  public void close() {
    for (Path path : paths) {
      assertThat(HostTools.succeeds("umount", path.toString())).isTrue();
    }
  }
}
