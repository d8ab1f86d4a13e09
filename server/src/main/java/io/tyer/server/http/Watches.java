package io.tyer.server.http;

import io.tyer.line.LockName;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** All that watch lines. For the thread of all requests, unless something else is said. */
final class Watches {

  private final Executor executor;
  private final Share share;
  private final Set<Watch> all = new HashSet<>();
  private volatile Consumer<Boolean> wanted = wants -> {};
  private volatile int count;

  Watches(Executor executor, HttpLimits limits) {
    this.executor = executor;
    this.share = new Share(limits.watches(), limits.watchesPerToken());
  }

  /** Tells this from now on whether anybody watches; before anybody does. */
  void whenWanted(Consumer<Boolean> told) {
    wanted = told;
  }

  /** Takes up one more; false if there are as many as may be. */
  boolean add(Watch watch, String whose) {
    if (!share.take(whose)) {
      return false;
    }
    all.add(watch);
    count = all.size();
    wanted.accept(true);
    return true;
  }

  void remove(Watch watch, String whose) {
    if (all.remove(watch)) {
      share.give(whose);
      wanted.accept(!all.isEmpty());
      count = all.size();
    }
  }

  /** How many there are, for any thread. */
  int count() {
    return count;
  }

  /** For any thread. */
  void changed(Set<LockName> names) {
    if (count > 0) {
      // Whoever is too far behind leaves.
      executor.execute(() -> List.copyOf(all).forEach(watch -> watch.changed(names)));
    }
  }

  /** Ends all of them, for clients to watch elsewhere; for any thread. */
  void end() {
    executor.execute(() -> List.copyOf(all).forEach(Watch::end));
  }
}
