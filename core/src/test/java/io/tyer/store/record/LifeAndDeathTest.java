package io.tyer.store.record;

import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Clients that come, hold, pause, crash and go, over a slow and failing store: no two ever believe
 * at once in conflicting leases (S1), numbers grow (S2), every live ticket is granted in the end
 * (L1), nothing is left (L3). {@code -Dtyer.seed=N} repeats one run, {@code -Dtyer.seeds=N} tries
 * more.
 */
class LifeAndDeathTest {

  static LongStream seeds() {
    Long seed = Long.getLong("tyer.seed");
    return seed != null ? LongStream.of(seed) : LongStream.range(0, Long.getLong("tyer.seeds", 30));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void promisesHold(long seed) throws Exception {
    LifeAndDeathRun run = new LifeAndDeathRun(seed);
    for (int step = 0; step < 600; step++) {
      run.step();
    }
    run.survivorsAreServedAndNothingIsLeft();
  }
}
