package io.tyer.testkit.ordered;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.Optional;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The ordered adapter is held to {@link io.tyer.line.Line}: random sequences of several clients'
 * requests, in each other's way, over a medium that loses answers, watches and sessions. {@code
 * -Dtyer.seed} repeats a sequence, {@code -Dtyer.seeds} tries more.
 */
@Timeout(300)
class OrderedLinesPropertyTest {

  private static final int STEPS = 120;
  private static final Long REPLAYED = Long.getLong("tyer.seed");
  private static final int SEQUENCES = REPLAYED != null ? 1 : Integer.getInteger("tyer.seeds", 60);

  @ParameterizedTest
  @EnumSource
  void theAdapterDoesWhatTheLineDoes(OrderedFlavour flavour) {
    long first = REPLAYED != null ? REPLAYED : new SecureRandom().nextInt(1_000_000_000);
    int quiet = 0;
    int overtaken = 0;
    int refused = 0;
    int told = 0;
    for (int i = 0; i < SEQUENCES; i++) {
      OrderedWalk walk = new OrderedWalk(first + i, flavour, Optional.empty());
      for (int step = 0; step < STEPS; step++) {
        walk.step();
      }
      walk.putAway();
      quiet += walk.quiet();
      overtaken += walk.overtaken();
      refused += walk.refused();
      told += walk.told();
    }
    System.out.printf(
        "%s: %d sequences of %d steps from seed %d: %d requests nothing came between, %d came"
            + " between, %d tries refused, %d times told%n",
        flavour, SEQUENCES, STEPS, first, quiet, overtaken, refused, told);
    if (REPLAYED == null) {
      assertThat(quiet).as("from seed %d: quiet", first).isGreaterThan(SEQUENCES * 10);
      assertThat(overtaken).as("from seed %d: overtaken", first).isGreaterThan(SEQUENCES * 10);
      assertThat(refused).as("from seed %d: refused", first).isGreaterThan(SEQUENCES);
      assertThat(told).as("from seed %d: told", first).isGreaterThan(SEQUENCES);
    }
  }
}
