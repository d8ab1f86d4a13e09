package io.tyer.store.record;

import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random requests of three clients, in each other's way and with failing stores, are what one
 * {@link io.tyer.line.Line} per name says. {@code -Dtyer.seed=N} repeats one sequence, {@code
 * -Dtyer.seeds=N} tries more.
 */
class OracleTest {

  private static final int STEPS = 400;

  static LongStream seeds() {
    Long seed = Long.getLong("tyer.seed");
    return seed != null ? LongStream.of(seed) : LongStream.range(0, Long.getLong("tyer.seeds", 20));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void storesOverOneMediumActLikeOneLine(long seed) throws Exception {
    OracleRun run = new OracleRun(seed);
    for (int step = 0; step < STEPS; step++) {
      run.step();
    }
    run.putAway();
  }
}
