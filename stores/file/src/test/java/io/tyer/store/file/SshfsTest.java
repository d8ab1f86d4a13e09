package io.tyer.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tyer.store.record.Stamped;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two network mounts of one directory, with caches that do not know of each other. */
class SshfsTest {

  @TempDir Path base;

  private final List<Path> mounts = new ArrayList<>();
  private Path served;

  @BeforeEach
  void mount() throws Exception {
    Path server =
        List.of("/usr/lib/openssh/sftp-server", "/usr/libexec/sftp-server").stream()
            .map(Path::of)
            .filter(Files::isExecutable)
            .findFirst()
            .orElse(null);
    assumeTrue(HostTools.has("sshfs"), "sshfs is not installed");
    assumeTrue(server != null, "there is no sftp-server");
    assumeTrue(HostTools.isRoot() && Files.exists(Path.of("/dev/fuse")), "mounting is not allowed");
    Path ssh = base.resolve("ssh");
    Files.writeString(ssh, "#!/bin/sh\nexec " + server + "\n");
    assertThat(ssh.toFile().setExecutable(true)).isTrue();
    served = Files.createDirectory(base.resolve("served"));
    for (int i = 0; i < 2; i++) {
      Path mount = Files.createDirectory(base.resolve("mount" + i));
      assumeTrue(
          HostTools.succeeds("sshfs", "-o", "ssh_command=" + ssh, "x:" + served, mount.toString()),
          "sshfs cannot mount here");
      mounts.add(mount);
    }
  }

  @AfterEach
  void unmount() {
    for (Path mount : mounts) {
      assertThat(HostTools.succeeds("umount", mount.toString())).isTrue();
    }
  }

  @Test
  void noUpdateIsLostBetweenMounts() throws Exception {
    Path file = base.resolve("tally");
    List<ChildJvm> children = new ArrayList<>();
    List<Path> paths = List.of(mounts.get(0), mounts.get(1), served);
    for (int i = 0; i < 3; i++) {
      children.add(
          ChildJvm.start(
              TallyWriters.class, paths.get(i), file, 2 * i, 2, 2, i == 2 ? 500 : 60, 1));
    }
    Tally.runToTheEnd(children);
    Tally tally = new Tally(file);
    for (Path path : paths) {
      try (FileMedium medium = Stores.open(path)) {
        tally.check(medium, IntStream.range(0, 2).mapToObj(Stores::line).toList());
      }
    }
    System.out.printf(
        "sshfs: %d replacements acknowledged, %d of unknown outcome%n",
        tally.acknowledged(), tally.unknowns());
    assertThat(served.resolve("tmp").toFile().list()).isEmpty();
  }

  @Test
  void changesAreSeenAcrossMountsAndAgesAreNotTooLong() throws Exception {
    try (FileMedium one = Stores.open(mounts.get(0));
        FileMedium two = Stores.open(mounts.get(1))) {
      assertThat(one.tells()).isFalse();
      Stamped newest = Stores.replaced(one, Stores.session("a"), null, new byte[] {1});
      for (int i = 2; i < 8; i++) {
        assertThat(Stores.newest(two, Stores.session("a"))).matches(newest::same);
        newest = Stores.replaced(one, Stores.session("a"), newest, new byte[] {(byte) i});
      }
      long start = System.nanoTime();
      newest = Stores.replaced(one, Stores.session("a"), newest, new byte[0]);
      LockSupport.parkNanos(1_200_000_000);
      Duration age = Objects.requireNonNull(two.age(Stores.session("a"), newest));
      assertThat(age).isBetween(Duration.ZERO, Duration.ofNanos(System.nanoTime() - start));
      assertThat(two.remove(Stores.session("a"), newest)).isTrue();
      assertThat(one.read(Stores.session("a"))).isNull();
    }
  }
}
