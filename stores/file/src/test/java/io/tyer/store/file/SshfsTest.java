package io.tyer.store.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.store.record.Stamped;
import io.tyer.testkit.host.Needs;
import io.tyer.testkit.host.Requires;
import io.tyer.testkit.host.SshMounts;
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
@Requires(Needs.SSHFS)
class SshfsTest {

  @TempDir Path base;

  private SshMounts made;
  private List<Path> mounts;
  private Path served;

  @BeforeEach
  void mount() throws Exception {
    made = SshMounts.make(base, 2);
    mounts = made.paths();
    served = made.served();
  }

  @AfterEach
  void unmount() throws Exception {
    if (made != null) {
      made.close();
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
