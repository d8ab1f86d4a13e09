package io.tyer.engine;

import io.tyer.Lease;
import io.tyer.line.LockName;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What threads hold through the {@code java.util.concurrent.locks} views of one client. */
final class JavaHolds {

  private record Key(LockName name, Thread thread) {}

  /** One thread's hold of one name; touched by that thread only. */
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

  void remove(LockName name) {
    holds.remove(new Key(name, Thread.currentThread()));
  }
}
