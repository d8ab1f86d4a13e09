package io.tyer.line;

import java.util.Random;

/**
 * Where the randomness of a test comes from: {@code -Dtyer.seed} or, without it, another seed each
 * time. Case n of a test uses seed + n, so that the seed a failure names, given as {@code
 * -Dtyer.seed}, makes the failing case the first.
 */
final class Seed {

  private static final long BASE = Long.getLong("tyer.seed", new Random().nextInt(1_000_000_000));

  private Seed() {}

  static long of(int testCase) {
    return BASE + testCase;
  }

  static Random random(int testCase) {
    return new Random(of(testCase));
  }

  /** What every message about a random case begins with. */
  static String label(int testCase) {
    return "replay with -Dtyer.seed=" + of(testCase) + ": ";
  }
}
