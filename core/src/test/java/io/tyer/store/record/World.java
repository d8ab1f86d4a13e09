package io.tyer.store.record;

import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/** The time that passes for all machines of a test, moved by hand, and the test's seed. */
final class World {

  final long seed;
  final Random random;
  private final AtomicLong nanos = new AtomicLong();

  World(long seed) {
    this.seed = seed;
    this.random = new Random(seed);
  }

  long nanos() {
    return nanos.get();
  }

  void passMillis(long millis) {
    nanos.addAndGet(millis * 1_000_000);
  }
}
