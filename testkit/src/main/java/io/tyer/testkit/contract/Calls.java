package io.tyer.testkit.contract;

import io.tyer.TyerListener;
import io.tyer.testkit.host.Await;
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

  /**
   * Returns once so many enters have been answered. A ticket stands in line before its own client
   * knows that, and only a client that knows waits on through an outage.
   */
  void awaitEntered(int tickets) throws Exception {
    Await.until(tickets + " enters answered", () -> of("enter") >= tickets);
    // An answer is counted just before it takes effect; of two beats, one is sent after it.
    int before = of("beat");
    Await.until("two beats answered", () -> of("beat") >= before + 2);
  }
}
