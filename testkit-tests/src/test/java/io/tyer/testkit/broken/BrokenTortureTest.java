package io.tyer.testkit.broken;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.testkit.sample.SampleFlaws;
import io.tyer.testkit.torture.FaultKind;
import io.tyer.testkit.torture.Torture;
import io.tyer.testkit.torture.TorturePlan;
import io.tyer.testkit.torture.TortureVerdict;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A torture run finds out what is broken, too, though nobody tells it where to strike. What needs
 * more luck than a minute has is left to {@link BrokenStoresTest}.
 */
@Timeout(120)
@Tag("full")
class BrokenTortureTest {

  private static final long SEED = Long.getLong("tyer.seed", 20251121);

  @TempDir Path directory;

  @Test
  void numbersThatStartAgainAreCaught() throws Exception {
    // A number that comes again is smaller than one before, or the same, whatever is met first.
    assertThat(torture(plan(BrokenKind.of(Defect.NUMBERS_RESTART))))
        .containsAnyOf("token-order", "token-reused")
        .doesNotContain("exclusion", "told");
  }

  @Test
  void acknowledgingBeforeItIsKeptIsCaught() throws Exception {
    BrokenKind kind = BrokenKind.SOUND.with(new SampleFlaws(1, 300));
    // What is lost is a ticket, or the mark under which no number comes again.
    assertThat(torture(plan(kind, FaultKind.SERVER_KILL)))
        .containsAnyOf(
            "exclusion", "no-room", "token-reused", "token-order", "overtaken", "survival");
  }

  @Test
  void theSoundStorePassesAllOfIt() throws Exception {
    TorturePlan plan =
        plan(
                BrokenKind.SOUND.with(new SampleFlaws(1.08, 0)),
                FaultKind.PAUSE,
                FaultKind.BLACK_HOLE,
                FaultKind.LOST_REPLY,
                FaultKind.RESET,
                FaultKind.SERVER_KILL)
            .withTime(Duration.ofSeconds(20));
    // On a busy machine too little may happen to prove anything.
    assertThat(torture(plan)).isSubsetOf("proved-nothing");
  }

  private TorturePlan plan(BrokenKind kind, FaultKind... faults) {
    Set<FaultKind> chosen = EnumSet.noneOf(FaultKind.class);
    chosen.addAll(Set.of(faults));
    return TorturePlan.onServer(kind, SEED, directory.resolve("run"))
        .withFaults(chosen)
        .withTime(Duration.ofSeconds(45))
        .withConsole(System.out::println)
        .stoppingAtFirst();
  }

  private static Set<String> torture(TorturePlan plan) throws Exception {
    TortureVerdict verdict = Torture.run(plan);
    verdict.findings().forEach(found -> System.out.println(found.sort() + ": " + found.text()));
    return verdict.findings().stream()
        .map(TortureVerdict.Finding::sort)
        .collect(Collectors.toSet());
  }
}
