package io.tyer.engine;

import io.tyer.Lease;
import io.tyer.line.LockName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What threads hold through the {@code java.util.concurrent.locks} views of one client. */
final class JavaHolds {

  private record Key(LockName name, Thread thread) {}

  /** One thread's hold of one name; changed by that thread only. */
  static final class Hold {
    final Lease lease;
    int writes;
    int reads;

    Hold(Lease lease) {
      this.lease = lease;
    }
  }

  private final ConcurrentHashMap<Key, Hold> holds = new ConcurrentHashMap<>();

  @Nullable Hold mine(LockName name) {
    return holds.get(new Key(name, Thread.currentThread()));
  }

  Hold add(LockName name, Lease lease) {
    Hold hold = new Hold(lease);
    holds.put(new Key(name, Thread.currentThread()), hold);
    return hold;
  }

  /** Who holds it for writing, as far as this client knows, as the JDK's locks say it. */
  String writer(LockName name) {
    for (Map.Entry<Key, Hold> hold : holds.entrySet()) {
      if (hold.getKey().name.equals(name) && hold.getValue().writes > 0) {
        return "Locked by thread " + hold.getKey().thread.getName();
      }
    }
    return "Not locked by this client";
  }

  /** Who holds it for reading, as far as this client knows. */
  String readers(LockName name) {
    List<String> threads = new ArrayList<>();
    holds.forEach(
        (key, hold) -> {
          if (key.name.equals(name) && hold.reads > 0) {
            threads.add(key.thread.getName());
          }
        });
    return threads.isEmpty()
        ? "Not locked by this client"
        : "Read by thread" + (threads.size() == 1 ? " " : "s ") + String.join(", ", threads);
  }

  void remove(LockName name) {
    holds.remove(new Key(name, Thread.currentThread()));
  }
}
