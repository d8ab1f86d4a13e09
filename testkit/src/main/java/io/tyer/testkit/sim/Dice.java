package io.tyer.testkit.sim;

import java.util.List;

/** Seeded randomness. Whatever is random in a simulation comes from its dice, in a fixed order. */
final class Dice {

  private long state;

  Dice(long seed) {
    this.state = seed;
  }

  /** SplitMix64. */
  long nextLong() {
    state += 0x9E3779B97F4A7C15L;
    long z = state;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** From 0 (inclusive) to 1 (exclusive). */
  double unit() {
    return (nextLong() >>> 11) * 0x1.0p-53;
  }

  boolean chance(double probability) {
    return unit() < probability;
  }

  /** From 0 to the bound, exclusive. */
  int below(int bound) {
    return (int) (unit() * bound);
  }

  /** Both ends included. */
  long between(long from, long to) {
    return from + (long) (unit() * (to - from + 1));
  }

  /** Mostly near the mean, sometimes several times as much. */
  long around(long mean) {
    return (long) (mean * Math.min(8, -StrictMath.log(1 - unit())));
  }

  <T> T oneOf(List<T> choices) {
    return choices.get(below(choices.size()));
  }

  /** Dice of their own for a part of the simulation. */
  Dice fork() {
    return new Dice(nextLong());
  }
}
