package io.tyer.testkit.broken;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.testkit.history.Violation.Kind;
import io.tyer.testkit.host.Needs;
import io.tyer.testkit.host.Requires;
import io.tyer.testkit.host.SshMounts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A compare-and-set made of the operating system's file locks: sound in a directory of one host,
 * and caught on two mounts that each grant the locks for themselves.
 */
@Timeout(180)
class OsLocksTest {

  /** What goes wrong is the locks' fault alone. */
  private static final String NO_CACHES =
      "dir_cache=no,direct_io,attr_timeout=0,entry_timeout=0,negative_timeout=0";

  @TempDir Path base;

  @Test
  void inAPlainDirectoryTheyPass() throws Exception {
    Path directory = Files.createDirectory(base.resolve("plain"));
    assertThat(Duel.at(List.of(directory, directory))).isEmpty();
  }

  @Requires(Needs.SSHFS)
  @Test
  void onTwoMountsTheyAreCaughtByTwoHolders() throws Exception {
    try (SshMounts mounts = SshMounts.make(base, 2, NO_CACHES)) {
      Set<Kind> found = Duel.at(mounts.paths());
      assertThat(found).contains(Kind.EXCLUSION);
    }
  }
}
