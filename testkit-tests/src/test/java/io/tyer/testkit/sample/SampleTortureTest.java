package io.tyer.testkit.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tyer.testkit.torture.FaultKind;
import io.tyer.testkit.torture.Torture;
import io.tyer.testkit.torture.TorturePlan;
import io.tyer.testkit.torture.TortureVerdict;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The sample store stands the torture: everything at once, and its clock set in a run of its own.
 */
@Timeout(180)
@Tag("full")
class SampleTortureTest {

  private static final long SEED = Long.getLong("tyer.seed", new SecureRandom().nextLong());

  @TempDir Path directory;

  @Test
  void itStandsAllFaults() throws Exception {
    TortureVerdict verdict = torture(FaultKind.all());
    assertThat(verdict.struck()).containsKeys(FaultKind.SERVER_KILL, FaultKind.LOST_REPLY);
  }

  /** It judges deaths by that clock, so that exclusion may fail; tokens must grow all the same. */
  @Test
  void tokensGrowThoughItsClockIsSet() throws Exception {
    TortureVerdict verdict = torture(Set.of(FaultKind.SERVER_CLOCK));
    String missing = verdict.skipped().get(FaultKind.SERVER_CLOCK);
    assumeTrue(missing == null, () -> "skipped: " + missing);
    assertThat(verdict.struck()).containsKey(FaultKind.SERVER_CLOCK);
  }

  private TortureVerdict torture(Set<FaultKind> faults) throws Exception {
    TorturePlan plan =
        TorturePlan.onServer(new SampleKind(), SEED, directory.resolve("run"))
            .withFaults(faults)
            .withTime(Duration.ofSeconds(15))
            .withConsole(System.out::println);
    TortureVerdict verdict = Torture.run(plan);
    verdict.skipped().forEach((kind, why) -> System.out.println("without " + kind + ": " + why));
    assertThat(verdict.faults()).as("seed %d", SEED).isEmpty();
    assumeTrue(verdict.lacks().isEmpty(), () -> "skipped: " + verdict.lacks());
    return verdict;
  }
}
