package io.tyer.store.remote;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is to be done once a lock is free: others are told, in the order in which it came up. */
final class After {

  private @Nullable Runnable first;
  private @Nullable List<Runnable> more;

  void add(Runnable task) {
    if (first == null) {
      first = task;
      return;
    }
    List<Runnable> list = more;
    if (list == null) {
      list = new ArrayList<>();
      more = list;
    }
    list.add(task);
  }

  void run() {
    if (first != null) {
      first.run();
    }
    if (more != null) {
      more.forEach(Runnable::run);
    }
  }
}
