package io.tyer.testkit.ordered;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each {@link Defect} of a medium is caught by what is expected of the adapter over it. */
@Timeout(300)
class BrokenMediaTest {

  private static final int SEQUENCES = 60;
  private static final int STEPS = 120;

  @ParameterizedTest
  @EnumSource
  void aBrokenMediumIsCaught(Defect defect) {
    Optional<AssertionError> caught = Optional.empty();
    for (int seed = 0; seed < SEQUENCES && caught.isEmpty(); seed++) {
      caught = run(seed, defect);
    }
    assertThat(caught).as("%s is caught", defect).isPresent();
    caught.ifPresent(
        error -> System.out.println(defect + " is caught: " + error.toString().lines().toList()));
  }

  private static Optional<AssertionError> run(int seed, Defect defect) {
    try {
      OrderedWalk walk = new OrderedWalk(seed, OrderedFlavour.BARE_LISTINGS, Optional.of(defect));
      for (int step = 0; step < STEPS; step++) {
        walk.step();
      }
      walk.putAway();
      return Optional.empty();
    } catch (AssertionError e) {
      return Optional.of(e);
    }
  }
}
