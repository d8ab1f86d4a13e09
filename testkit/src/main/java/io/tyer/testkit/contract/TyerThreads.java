package io.tyer.testkit.contract;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The threads of clients, by their names. */
final class TyerThreads {

  private TyerThreads() {}

  static Set<Thread> alive() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.isAlive() && thread.getName().startsWith("tyer-"))
        .collect(Collectors.toSet());
  }

  /** Those that were not there before. */
  static List<String> since(Set<Thread> before) {
    return alive().stream()
        .filter(thread -> !before.contains(thread))
        .map(Thread::getName)
        .toList();
  }
}
