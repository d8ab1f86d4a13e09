package io.tyer.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Promises S1 to S5 and L1 to L3, among failures. {@code -Pfull -Dtyer.seeds=100000} runs more
 * seeds, {@code -Dtyer.seed=42} that one alone.
 */
class SimulatorTest {

  /** In every build; on two cores it takes some ten seconds. */
  private static final int SOME = 250;

  /** As many as exercise everything often. */
  private static final int MANY = 3000;

  /** What a simulation must exercise to prove anything, and how often in the default build. */
  private static final List<String> EXERCISED =
      List.of(
          "acquires: granted",
          "acquires: busy",
          "acquires: CancellationException",
          "acquires: OutcomeUnknownException",
          "acquires: StoreUnreachableException",
          "acquires: TyerClosedException",
          "acquires: WaitTimeoutException",
          "batons",
          "batons while others wait",
          "cancels",
          "downgrades done",
          "downgrades failed",
          "downgrades that come too late",
          "grants in strict order",
          "handed on after a recall",
          "handed on under bias",
          "hints lost",
          "leases extended",
          "losses: CLOSED",
          "losses: MAX_HOLD",
          "losses: MOVED_ON",
          "losses: REMOVED",
          "losses: REVOKED",
          "losses: SESSION_ENDED",
          "losses: UNPROVED",
          "recalls",
          "replies lost",
          "requests cut off",
          "requests failed or unanswered",
          "requests lost",
          "requests repeated",
          "requests that found no server",
          "tickets of dead sessions dropped",
          "tokens drawn",
          "tokens refused",
          "tries granted",
          "writes accepted",
          "writes refused");

  @Test
  void promisesHoldAmongFailures() throws Exception {
    Long only = Long.getLong("tyer.seed");
    if (only != null) {
      report(run(only, 1));
      return;
    }
    report(runFrom(1, SOME));
  }

  @Test
  @Tag("full")
  void promisesHoldAmongManyFailures() throws Exception {
    int count = Integer.getInteger("tyer.seeds", MANY);
    Tally tally = runFrom(SOME + 1L, count);
    report(tally);
    if (count >= MANY) {
      for (String what : EXERCISED) {
        assertThat(tally.of(what)).as(what).isGreaterThan(10);
      }
      for (Mischief.Kind kind : Mischief.Kind.values()) {
        assertThat(tally.of("mischief: " + kind)).as(kind.toString()).isGreaterThan(100);
      }
    }
  }

  /** These seeds, and a quarter as many that nobody has run before. */
  private static Tally runFrom(long first, int count) throws InterruptedException {
    Tally tally = run(first, count);
    long extra = ThreadLocalRandom.current().nextLong(1_000_000_000L, 1_000_000_000_000_000L);
    tally.addAll(run(extra, count / 4));
    return tally;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void sameSeedIsTheSameHistory(long seed) {
    Simulation.Outcome first = Simulation.run(seed);
    Simulation.Outcome second = Simulation.run(seed);
    assertThat(second.hash()).isEqualTo(first.hash());
    assertThat(second.steps()).isEqualTo(first.steps());
    assertThat(Simulation.run(seed + 1000).hash()).isNotEqualTo(first.hash());
  }

  /** Each seed on one thread, several seeds at a time. */
  private static Tally run(long first, int count) throws InterruptedException {
    ExecutorService threads =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    Tally tally = new Tally();
    try {
      List<Future<Simulation.Outcome>> outcomes = new ArrayList<>(count);
      for (long seed = first; seed < first + count; seed++) {
        long it = seed;
        outcomes.add(threads.submit(() -> Simulation.run(it)));
      }
      for (Future<Simulation.Outcome> outcome : outcomes) {
        tally.addAll(outcome.get().tally());
        tally.add("seeds", 1);
        tally.add("steps", outcome.get().steps());
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error broken) {
        throw broken;
      }
      throw new IllegalStateException(e.getCause());
    } finally {
      threads.shutdownNow();
    }
    return tally;
  }

  private static void report(Tally tally) {
    System.out.printf("the simulator exercised:%n%s", tally);
  }
}
