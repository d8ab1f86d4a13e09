package io.tyer.testkit.torture;

import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;

/** The threads of Tyer's clients in this process. */
final class TyerThreads {

  /** How long threads may take to end after their client was closed. */
  static final Duration LONGEST_END = Duration.ofSeconds(10);

  private TyerThreads() {}

  /** The names of those that are left when there are none or time is over. */
  static Set<String> leftWithin(Duration time) {
    Signals never = new Signals();
    long deadline = System.nanoTime() + time.toNanos();
    Set<String> left = names();
    while (!left.isEmpty() && System.nanoTime() - deadline < 0) {
      never.pause(50_000_000);
      left = names();
    }
    return left;
  }

  private static Set<String> names() {
    Set<String> names = new TreeSet<>();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("tyer-")) {
        names.add(thread.getName());
      }
    }
    return names;
  }
}
