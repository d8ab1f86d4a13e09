package io.tyer.testkit.contract;

import io.tyer.TyerListener;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts what a client has asked of its store. */
final class Calls implements TyerListener {

  private final ConcurrentHashMap<String, AtomicInteger> counts = new ConcurrentHashMap<>();

  @Override
  public void storeCall(String operation, Duration took, boolean succeeded) {
    counts.computeIfAbsent(operation, unused -> new AtomicInteger()).incrementAndGet();
  }

  /** How many requests of this kind have ended. */
  int of(String operation) {
    AtomicInteger count = counts.get(operation);
    return count == null ? 0 : count.get();
  }

  /** How many requests have ended that were not beats. */
  int otherThanBeats() {
    return counts.entrySet().stream()
        .filter(entry -> !entry.getKey().equals("beat"))
        .mapToInt(entry -> entry.getValue().get())
        .sum();
  }
}
