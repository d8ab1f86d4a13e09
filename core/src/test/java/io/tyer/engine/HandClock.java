package io.tyer.engine;

import io.tyer.spi.Cancellable;
import io.tyer.spi.Surroundings;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Monotonic time that a test moves on by hand, and timers that ring in it, in the test's thread.
 */
final class HandClock extends ForwardingSurroundings {

  private record Set(long dueNanos, Runnable task) {}

  private final List<Set> timers = new ArrayList<>();
  private long now;

  HandClock(Surroundings others) {
    super(others);
  }

  @Override
  public long nanoTime() {
    return now;
  }

  @Override
  public Cancellable schedule(long delayNanos, Runnable task) {
    Set set = new Set(now + delayNanos, task);
    timers.add(set);
    return () -> timers.remove(set);
  }

  /** How many timers are set. */
  int timers() {
    return timers.size();
  }

  void advance(long nanos) {
    now += nanos;
    for (Set due = due(); due != null; due = due()) {
      timers.remove(due);
      due.task.run();
    }
  }

  private @Nullable Set due() {
    return timers.stream().filter(set -> set.dueNanos - now <= 0).findFirst().orElse(null);
  }
}
