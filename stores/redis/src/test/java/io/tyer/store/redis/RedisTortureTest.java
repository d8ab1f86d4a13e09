package io.tyer.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tyer.servers.redis.RedisKind;
import io.tyer.servers.redis.RedisSentinelWaitKind;
import io.tyer.testkit.server.ServerKind;
import io.tyer.testkit.torture.FaultKind;
import io.tyer.testkit.torture.Torture;
import io.tyer.testkit.torture.TorturePlan;
import io.tyer.testkit.torture.TortureVerdict;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The store stands the torture: one server with all faults, and masters that fail over. */
@Timeout(180)
@Tag("full")
class RedisTortureTest {

  private static final long SEED = Long.getLong("tyer.seed", new SecureRandom().nextLong());

  @TempDir Path directory;

  @Test
  void oneServerStandsAllFaults() throws Exception {
    TortureVerdict verdict = torture(new RedisKind());
    assertThat(verdict.struck()).containsKeys(FaultKind.SERVER_KILL, FaultKind.LOST_REPLY);
  }

  @Test
  void aMasterWithReplicasAndSentinelsStandsAllFaults() throws Exception {
    TortureVerdict verdict = torture(new RedisSentinelWaitKind());
    assertThat(verdict.struck()).containsKeys(FaultKind.SERVER_KILL, FaultKind.SERVER_PAUSE);
  }

  private TortureVerdict torture(ServerKind kind) throws Exception {
    Optional<String> missing = kind.unavailable();
    assumeTrue(missing.isEmpty(), () -> kind.name() + ": " + missing.orElseThrow());
    TorturePlan plan =
        TorturePlan.onServer(kind, SEED, directory.resolve("run"))
            .withTime(Duration.ofSeconds(12))
            .withConsole(System.out::println);
    TortureVerdict verdict = Torture.run(plan);
    verdict.skipped().forEach((fault, why) -> System.out.println("without " + fault + ": " + why));
    assertThat(verdict.faults()).as("seed %d", SEED).isEmpty();
    assumeTrue(verdict.lacks().isEmpty(), () -> "skipped: " + verdict.lacks());
    return verdict;
  }
}
