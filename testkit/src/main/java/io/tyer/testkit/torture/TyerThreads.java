package io.tyer.testkit.torture;

import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The threads of Tyer's clients in this process. */
final class TyerThreads {

  /** How long threads may take to end after their client was closed. */
  static final Duration LONGEST_END = Duration.ofSeconds(10);

  private TyerThreads() {}

  /** Those there are. */
  static Set<Thread> alive() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("tyer-"))
        .collect(Collectors.toSet());
  }

  /**
   * The names of those that are left when there are none or time is over.
   *
   * @param others of other clients, which do not count
   */
  static Set<String> leftWithin(Duration time, Set<Thread> others) {
    Signals never = new Signals();
    long deadline = System.nanoTime() + time.toNanos();
    Set<String> left = names(others);
    while (!left.isEmpty() && System.nanoTime() - deadline < 0) {
      never.pause(50_000_000);
      left = names(others);
    }
    return left;
  }

  private static Set<String> names(Set<Thread> others) {
    return alive().stream()
        .filter(thread -> !others.contains(thread))
        .map(Thread::getName)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
