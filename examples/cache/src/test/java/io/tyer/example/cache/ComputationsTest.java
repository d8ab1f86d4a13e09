package io.tyer.example.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the demo judges by. */
class ComputationsTest {

  @Test
  void findsWhatWasComputedTwice() {
    Computations computations = new Computations();
    computations.heard("a", "begin 1000000000 1010000000");
    computations.heard("b", "begin 1600000000 1510000000");
    computations.heard("c", "begin 1610000000 1620000000");
    assertThat(computations.tooEarly(List.of("a", "b"), Duration.ofMillis(500))).isZero();
    assertThat(computations.tooEarly(List.of("a", "b", "c"), Duration.ofMillis(500))).isOne();
  }
}
