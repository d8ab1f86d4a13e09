package io.tyer.testkit.sim;

import java.util.function.LongFunction;

/** Which promise a seed breaks, as a text that can leave the class loader of a mutant. */
public final class Verdict implements LongFunction<String> {

  /** Made by reflection. */
  public Verdict() {}

  @Override
  public String apply(long seed) {
    try {
      Simulation.Outcome kept = Simulation.run(seed);
      return kept.seed() == seed ? "" : "another seed";
    } catch (PromiseBroken e) {
      return e.promise();
    }
  }
}
