package io.tyer.benchmarks.rows;

import io.tyer.benchmarks.play.Pauses;
import java.lang.management.ManagementFactory;

/** How much heap is in use. */
final class Heap {

  private static final int COLLECTIONS = 8;

  private Heap() {}

  /** In bytes, once collecting frees no more. */
  static long used() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
      // What is cleared by references is freed by the next collection.
      Pauses.millis(20);
      least = Math.min(least, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
    return least;
  }
}
