package io.tyer.testkit.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Network mounts of one directory, which do not know of each other. */
public final class SshMounts implements AutoCloseable {

  private final Path served;
  private final List<Path> paths = new ArrayList<>();

  private SshMounts(Path served) {
    this.served = served;
  }

  /**
   * Mounts a new directory so many times.
   *
   * @param options of each mount; none for those that the program usually has, with caches
   */
  public static SshMounts make(Path base, int count, String... options) throws IOException {
    Path ssh = base.resolve("ssh");
    Files.writeString(ssh, "#!/bin/sh\nexec " + Needs.sftpServer().orElseThrow() + "\n");
    if (!ssh.toFile().setExecutable(true)) {
      throw new IOException(ssh + " cannot be made executable");
    }
    SshMounts made = new SshMounts(Files.createDirectory(base.resolve("served")));
    for (int i = 0; i < count; i++) {
      Path mount = Files.createDirectory(base.resolve("mount" + i));
      List<String> command = new ArrayList<>(List.of("sshfs", "-o", "ssh_command=" + ssh));
      for (String option : options) {
        command.addAll(List.of("-o", option));
      }
      command.addAll(List.of("x:" + made.served, mount.toString()));
      if (!Command.succeeds(command.toArray(String[]::new))) {
        made.close();
        throw new IOException("sshfs cannot mount " + mount);
      }
      made.paths.add(mount);
    }
    return made;
  }

  /** The directory itself. */
  public Path served() {
    return served;
  }

  /** Where it is mounted. */
  public List<Path> paths() {
    return paths;
  }

  /** Unmounts before anybody removes the directories, or what they show would be removed. */
  @Override
  public void close() throws IOException {
    for (Path path : paths) {
      if (!Command.succeeds("umount", path.toString())
          && !Command.succeeds("umount", "-l", path.toString())) {
        throw new IOException("still mounted: " + path);
      }
    }
  }
}
