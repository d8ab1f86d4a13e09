package io.tyer.testkit.broken;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tyer.testkit.history.Violation.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A compare-and-set made of the operating system's file locks: sound in a directory of one host,
 * and caught on two mounts that each grant the locks for themselves.
 */
@Timeout(60)
class OsLocksTest {

  @TempDir Path base;

  @Test
  void inAPlainDirectoryTheyPass() throws Exception {
    Path directory = Files.createDirectory(base.resolve("plain"));
    assertThat(Duel.at(List.of(directory, directory))).isEmpty();
  }

  @Test
  void onTwoMountsTheyAreCaughtByTwoHolders() throws Exception {
    Optional<String> why = SshMounts.unavailable();
    why.ifPresent(reason -> System.out.println("skipped: " + reason));
    assumeTrue(why.isEmpty(), () -> "skipped: " + why.orElseThrow());
    try (SshMounts mounts = SshMounts.make(base)) {
      Set<Kind> found = Duel.at(mounts.paths());
      assertThat(found).contains(Kind.EXCLUSION);
    }
  }
}
